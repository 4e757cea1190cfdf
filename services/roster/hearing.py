"""Applying what clusters told: every fact carries the whole row, so hearing one twice changes nothing."""

from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.feed import FactOut
from kit.webhooks.endpoints import shut_out
from services.roster.models import Client, Cluster, Membership, Office, Person, RosterBase, School, Staff

TABLES: dict[str, type[RosterBase]] = {
    "person": Person,
    "school": School,
    "cluster": Cluster,
    "membership": Membership,
    "staff": Staff,
    "office": Office,
}
ENDED, CLIENT_REVOKED = "ended", "client.revoked"


async def hear_from_clusters(session: AsyncSession, fact: FactOut) -> None:
    """Keep what is told of persons, schools, clusters, memberships, staff and offices; pass over the rest.

    A client that was revoked is sent nothing more, and its last tokens count no longer.
    """
    if fact.kind == CLIENT_REVOKED:
        client_id = UUID(fact.data["client_id"])
        await shut_out(session, client_id)
        revoked = insert(Client).values(id=client_id, revoked_at=fact.at)
        await session.exec(revoked.on_conflict_do_nothing())
    noun, _, verb = fact.kind.partition(".")
    table = TABLES.get(noun)
    if table is None:
        return
    told = fact.data | ({"cluster_id": fact.cluster_id} if fact.cluster_id else {})
    row = {name: _typed(name, told[name]) for name in table.model_fields if name in told}
    row["id"] = _typed("id", told[f"{noun}_id"])
    if "ended_at" in table.model_fields:
        row["ended_at"] = fact.at if verb == ENDED else None
    changes = {name: value for name, value in row.items() if name != "id"}
    await session.exec(insert(table).values(**row).on_conflict_do_update(index_elements=["id"], set_=changes))


def _typed(name: str, value: Any) -> Any:
    return UUID(str(value)) if name.endswith("id") else value
