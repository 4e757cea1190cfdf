"""What a service's first migration sets up besides tables: the order of facts, and the tables of the job queue."""

from typing import Any

from alembic import op
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment

from kit.facts import RECORDED


def set_up_facts() -> None:
    """The sequence that gives facts their places, and the bell that rings when one is recorded."""
    op.execute("create sequence fact_place")
    op.execute(
        "create function fact_recorded() returns trigger language plpgsql as "
        f"$$ begin perform pg_notify('{RECORDED}', ''); return null; end $$"
    )
    op.execute("create trigger fact_recorded after insert on fact for each statement execute function fact_recorded()")


def set_up_jobs() -> None:
    """pgqueuer's own tables, as its release declares them."""
    statements = QueryBuilderEnvironment().build_install_query()
    # Many statements at once: past SQLAlchemy, which prepares each.
    adapted: Any = op.get_bind().connection.dbapi_connection
    adapted.run_async(lambda connection: connection.execute(statements))
