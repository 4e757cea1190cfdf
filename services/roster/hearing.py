"""Applying what clusters told: every fact carries the whole row, so hearing one twice changes nothing."""

from collections.abc import Iterable, Sequence
from itertools import groupby
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


async def hear_from_clusters(session: AsyncSession, facts: Sequence[FactOut]) -> None:
    """Keep what is told of persons, schools, clusters, memberships, staff and offices; pass over the rest.

    A client that was revoked is sent nothing more, and its last tokens count no longer.
    """
    for fact in facts:
        if fact.kind == CLIENT_REVOKED:
            await _shut_out(session, fact)
    newest: dict[type[RosterBase], dict[UUID, dict[str, Any]]] = {}
    for fact in facts:
        if table := TABLES.get(fact.kind.partition(".")[0]):
            row = _row(table, fact)
            newest.setdefault(table, {})[row["id"]] = row
    for table, rows in newest.items():
        await _keep(session, table, rows.values())


async def _shut_out(session: AsyncSession, fact: FactOut) -> None:
    client_id = UUID(fact.data["client_id"])
    await shut_out(session, client_id)
    revoked = insert(Client).values(id=client_id, revoked_at=fact.at)
    await session.exec(revoked.on_conflict_do_nothing())


async def _keep(session: AsyncSession, table: type[RosterBase], rows: Iterable[dict[str, Any]]) -> None:
    connection = await session.connection()
    for names, alike in groupby(sorted(rows, key=sorted), key=sorted):
        told = insert(table)
        changes = {name: told.excluded[name] for name in names if name != "id"}
        await connection.execute(told.on_conflict_do_update(index_elements=["id"], set_=changes), list(alike))


def _row(table: type[RosterBase], fact: FactOut) -> dict[str, Any]:
    noun, _, verb = fact.kind.partition(".")
    told = fact.data | ({"cluster_id": fact.cluster_id} if fact.cluster_id else {})
    row = {name: _typed(name, told[name]) for name in table.model_fields if name in told}
    row["id"] = _typed("id", told[f"{noun}_id"])
    if "ended_at" in table.model_fields:
        row["ended_at"] = fact.at if verb == ENDED else None
    return row


def _typed(name: str, value: Any) -> Any:
    return UUID(str(value)) if name.endswith("id") else value
