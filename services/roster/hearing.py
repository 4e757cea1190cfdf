"""Applying what clusters told: every fact carries the whole row, so hearing one twice changes nothing."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import plain
from kit.feed import FactOut
from kit.idempotency import forget_answers_to
from kit.telling import Fact, facts_in
from kit.webhooks.endpoints import shut_out
from services.roster import facts as told
from services.roster.facts import (
    ClientRevoked,
    ClusterClosed,
    ClusterFact,
    MembershipBegun,
    MembershipEnded,
    MembershipFact,
    OfficeEnded,
    OfficeFact,
    PersonErased,
    PersonFact,
    SchoolFact,
    StaffBegan,
    StaffEnded,
    StaffFact,
)
from services.roster.models import Client, Cluster, Membership, Office, Person, RosterBase, School, Staff

ABOUT: dict[type[Fact], tuple[type[RosterBase], str]] = {
    PersonFact: (Person, "person_id"),
    SchoolFact: (School, "school_id"),
    ClusterFact: (Cluster, "cluster_id"),
    MembershipFact: (Membership, "membership_id"),
    StaffFact: (Staff, "staff_id"),
    OfficeFact: (Office, "office_id"),
}
BEGINNINGS = {"begun_at": MembershipBegun, "began_at": StaffBegan}
"""What says since when; no other fact about it changes that."""
ENDINGS = {"ended_at": (MembershipEnded, StaffEnded, OfficeEnded), "closed_at": (ClusterClosed,)}
"""What has an end, or is closed, in each of the tables; any other fact about it says that it is not."""
KNOWN = facts_in(vars(told))
KEPT = {kind: about for kind, fact in KNOWN.items() for base, about in ABOUT.items() if issubclass(fact, base)}


async def hear_from_clusters(db: AsyncSession, facts: Sequence[FactOut]) -> None:
    """Keep what is told of persons, schools, clusters, memberships, staff and offices; pass over the rest.

    A client that was revoked is sent nothing more, and its last tokens count no longer. No answer is kept for who left.
    """
    for fact in facts:
        if fact.kind == ClientRevoked.told_as:
            await _shut_out(db, fact)
        elif fact.kind == PersonErased.told_as:
            await forget_answers_to(await plain(db), PersonErased.heard(fact.data).person_id)
    newest: dict[type[RosterBase], dict[UUID, dict[str, Any]]] = {}
    for fact in facts:
        if fact.kind in KEPT:
            table, row = _row(fact)
            rows = newest.setdefault(table, {})
            rows[row["id"]] = rows.get(row["id"], {}) | row
    for table, rows in newest.items():
        await _keep(db, table, rows.values())


async def _shut_out(db: AsyncSession, fact: FactOut) -> None:
    client_id = ClientRevoked.heard(fact.data).client_id
    await shut_out(db, client_id)
    revoked = insert(Client).values(id=client_id, revoked_at=fact.at)
    await db.exec(revoked.on_conflict_do_nothing())


async def _keep(db: AsyncSession, table: type[RosterBase], rows: Iterable[dict[str, Any]]) -> None:
    connection = await db.connection()
    for names, alike in groupby(sorted(rows, key=sorted), key=sorted):
        heard = insert(table)
        changes = {name: heard.excluded[name] for name in names if name != "id"}
        await connection.execute(heard.on_conflict_do_update(index_elements=["id"], set_=changes), list(alike))


def _row(fact: FactOut) -> tuple[type[RosterBase], dict[str, Any]]:
    table, key = KEPT[fact.kind]
    heard = KNOWN[fact.kind].heard(fact.data)
    said = heard.model_dump() | ({"cluster_id": fact.cluster_id} if fact.cluster_id else {})
    row = {name: said[name] for name in table.model_fields if name in said} | {"id": said[key]}
    for name in ENDINGS.keys() & table.model_fields.keys():
        row[name] = fact.at if isinstance(heard, ENDINGS[name]) else None
    row |= {name: fact.at for name, begun in BEGINNINGS.items() if isinstance(heard, begun)}
    return table, row
