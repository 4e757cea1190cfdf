from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.pages import LEAST_ID
from kit.problems import NotFound
from services.clusters.directory.offices.models import Office, OfficeKind
from services.clusters.scopes import SET_UP
from services.roster.standing import CurrentMember

HELD = """
select office.id, office.person_id, person.name, office.kind, office.country, office.began_at,
  office.kind = 'programme_coordinator' and not exists (
    select from office other where other.kind = office.kind and other.ended_at is null and other.id <> office.id)
    as is_last
from office join person on person.id = office.person_id
where office.ended_at is null and office.id > $1 order by office.id limit $2
"""


@dataclass(frozen=True)
class HeldOffice:
    """An office that somebody holds, with their name, and whether nobody else coordinates the programme."""

    id: UUID
    person_id: UUID
    name: str
    kind: OfficeKind
    country: str | None
    began_at: datetime
    is_last: bool


@dataclass(frozen=True)
class VisibleOffice:
    """An office, and whether nobody else coordinates the programme."""

    office: Office
    is_last: bool


async def held_offices(pool: asyncpg.Pool, after: UUID | None, limit: int) -> list[HeldOffice]:
    """Who holds an office now, in the order in which they began."""
    return [HeldOffice(**row) for row in await pool.fetch(HELD, after or LEAST_ID, limit + 1)]


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
    return await in_office(db, office)


async def in_office(db: AsyncSession, office: Office) -> VisibleOffice:
    """An office with whether it is the last of its kind that has to stay."""
    is_of_programme = office.kind is OfficeKind.programme_coordinator
    return VisibleOffice(office, is_of_programme and await programme_coordinators(db) == [office.person_id])
