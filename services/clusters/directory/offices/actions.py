from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.locking import lock_live, lock_number
from kit.policy import hold
from kit.problems import Problem
from services.clusters.directory.offices.models import Office, OfficeKind
from services.clusters.directory.offices.queries import office_state
from services.clusters.directory.people.queries import hold_person
from services.clusters.policy import RULES
from services.roster.facts import OfficeEnded, OfficeFact, OfficeGiven

OFFICES_LOCK = 7_005


class AlreadyInOffice(Problem):
    status, title = 409, "This person holds the office already"


async def begin_office(
    db: AsyncSession, person_id: UUID, kind: OfficeKind, country: str | None, by: UUID | None
) -> Office:
    """Somebody holds an office from now on. Raises AlreadyInOffice; NotFound when they left for good meanwhile."""
    await hold_person(db, person_id)
    office = Office(person_id=person_id, kind=kind, country=country)
    db.add(office)
    try:
        await db.flush()
    except IntegrityError as error:
        raise AlreadyInOffice from error
    _tell(db, office, OfficeGiven, by)
    return office


async def end_office(db: AsyncSession, office: Office, by: UUID | None) -> Office:
    """Take an office away. Raises NotFound when somebody did meanwhile, and what `office.end` refuses.

    With what they gave by it: `doors/leaving`.
    """
    # Two programme coordinators who leave at once must not both think that the other stays.
    await lock_number(db, OFFICES_LOCK)
    office = await lock_live(db, Office, office.id)
    hold(RULES, "office.end", await office_state(db, office))
    office.ended_at = now()
    _tell(db, office, OfficeEnded, by)
    return office


def _tell(db: AsyncSession, office: Office, kind: type[OfficeFact], by: UUID | None) -> None:
    fact = kind(office_id=office.id, person_id=office.person_id, kind=office.kind, country=office.country)
    record(db, fact, actor_id=by)
