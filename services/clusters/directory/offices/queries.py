from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, plain
from kit.pages import LEAST_ID
from kit.policy import can
from kit.problems import NotFound
from services.clusters.directory.offices.models import Office, OfficeKind
from services.clusters.policy import RULES
from services.clusters.scopes import SET_UP
from services.roster.standing import CurrentMember, Member

# What has become of an office: the column of OfficeState.
STATE = """
office.kind = 'programme_coordinator' and not exists (
  select from office other where other.kind = office.kind and other.ended_at is null and other.id <> office.id)
  as is_last
"""
STATE_OF = f"select {STATE} from office where office.id = $1"
HELD = f"""
select office.id, office.person_id, person.name, person.title_before, person.title_after,
  office.kind, office.country, office.began_at, {STATE}
from office join person on person.id = office.person_id
where office.ended_at is null and office.id > $1 order by office.id limit $2
"""


class OfficeState(NamedTuple):
    """What opens and closes the verbs of an office: whether nobody else coordinates the programme."""

    is_last: bool


@dataclass(frozen=True)
class VisibleOffice:
    """An office within the sight of who may give it."""

    office: Office
    state: OfficeState

    @property
    def is_last(self) -> bool:
        return self.state.is_last


async def held_offices(pool: asyncpg.Pool, actor: Member, after: UUID | None, limit: int) -> list[dict[str, Any]]:
    """Who holds an office now, in the order in which they began, with what the reader may do to each."""
    rows = await pool.fetch(HELD, after or LEAST_ID, limit + 1)
    return [dict(row) | {"can": can(RULES, actor, "office", OfficeState(row["is_last"]))} for row in rows]


async def programme_coordinators(db: AsyncSession) -> list[UUID]:
    """The persons who coordinate the programme now."""
    holding = select(Office.person_id).where(
        Office.kind == OfficeKind.programme_coordinator, col(Office.ended_at).is_(None)
    )
    return list(await db.exec(holding.order_by(col(Office.id))))


async def countries_coordinated(db: AsyncSession, person_id: UUID) -> list[str | None]:
    """The countries whose offices this person holds now; None among them for the whole programme."""
    held = select(Office.country).where(Office.person_id == person_id, col(Office.ended_at).is_(None))
    return list(await db.exec(held.order_by(col(Office.id))))


async def office_of(db: AsyncSession, person_id: UUID, kind: OfficeKind, country: str | None) -> Office | None:
    """This office, if the person holds it now."""
    held = select(Office).where(
        Office.person_id == person_id,
        Office.kind == kind,
        col(Office.country).is_not_distinct_from(country),
        col(Office.ended_at).is_(None),
    )
    return (await db.exec(held)).one_or_none()


async def visible_office(office_id: UUID, db: Db, actor: CurrentMember) -> VisibleOffice:
    """For who may give offices. Raises NotFound."""
    office = await db.get(Office, office_id)
    if office is None or office.ended_at or not (actor.is_programme or SET_UP in actor.scopes):
        raise NotFound
    return VisibleOffice(office, await office_state(db, office))


async def office_state(db: AsyncSession, office: Office) -> OfficeState:
    """The state of an office as it is now."""
    connection = await plain(db)
    return OfficeState(await connection.fetchval(STATE_OF, office.id))
