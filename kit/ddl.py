"""Migrations of the kit's tables: each service calls them from one of its own. What was released is never changed."""

from typing import Any

import sqlalchemy as sa
from alembic import op
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel.sql.sqltypes import AutoString

from kit.facts import RECORDED


def create_tables() -> None:
    """Facts, cursors, endpoints with their deliveries, kept answers; without what came later."""
    op.create_table(
        "cursor",
        sa.Column("source", AutoString(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
    op.create_table(
        "endpoint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("owner", AutoString(), nullable=False),
        sa.Column("url", AutoString(), nullable=False),
        sa.Column("kinds", sa.ARRAY(sa.String()), nullable=False),
        sa.Column("cluster_id", sa.Uuid(), nullable=True),
        sa.Column("secret", AutoString(), nullable=False),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_endpoint_owner"), "endpoint", ["owner"], unique=False)
    op.create_table(
        "fact",
        sa.Column("seq", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("cluster_id", sa.Uuid(), nullable=True),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("request_id", AutoString(), nullable=False),
        sa.Column("data", JSONB(astext_type=sa.Text()), nullable=False),
        sa.PrimaryKeyConstraint("seq"),
        sa.UniqueConstraint("place"),
    )
    op.create_index("ix_fact_cluster_place", "fact", ["cluster_id", "place"], unique=False)
    op.create_index("ix_fact_unplaced", "fact", ["seq"], unique=False, postgresql_where=sa.text("place IS NULL"))
    op.create_table(
        "kept_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("actor", AutoString(), nullable=False),
        sa.Column("key", AutoString(), nullable=False),
        sa.Column("fingerprint", AutoString(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("actor", "key"),
    )
    op.create_index(op.f("ix_kept_answer_kept_at"), "kept_answer", ["kept_at"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("endpoint_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.BigInteger(), nullable=False),
        sa.Column("body", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("delivered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["endpoint_id"], ["endpoint.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("endpoint_id", "place"),
    )


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


def let_webhooks_in() -> None:
    """Endpoints that may be inside the house's own network."""
    op.add_column("endpoint", sa.Column("inside", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_index(op.f("ix_fact_cluster_place"), table_name="fact")


def facts_say_when_they_were_recorded() -> None:
    op.add_column("fact", sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fact", sa.Column("said_by", sa.Uuid(), nullable=True))


def deliveries_say_what_went_wrong() -> None:
    """The index is built while facts wait: about a second for a million of them."""
    op.add_column("delivery", sa.Column("error", sa.String(), nullable=True))
    op.add_column("delivery", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("endpoint", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("endpoint", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_fact_cluster_id_place", "fact", ["cluster_id", "place"])


def facts_name_the_program() -> None:
    op.add_column("fact", sa.Column("client_id", sa.Uuid(), nullable=True))


def facts_name_the_office() -> None:
    """And are found by what they are about, the newest first.

    Until the commit nothing is recorded, and no fact is read: some seconds for a million of them. Who reads facts for
    longer than the `lock_timeout` of migrations ends this one before it began, and it is run again. The column comes
    first: after the indexes, who read and then records would wait for it, and it for them.
    """
    op.add_column("fact", sa.Column("office", sa.String(), nullable=True))
    op.create_index("ix_fact_cluster_id_kind_at_seq", "fact", ["cluster_id", "kind", "at", "seq"])
    op.create_index("ix_fact_kind_at_seq", "fact", ["kind", "at", "seq"])
    op.create_index(
        "ix_fact_school_id_at_seq",
        "fact",
        [sa.text("(data ->> 'school_id')"), "at", "seq"],
        postgresql_where=sa.text("data ->> 'school_id' IS NOT NULL"),
    )
