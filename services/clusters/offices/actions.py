from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.problems import Problem
from services.clusters.offices.models import Office
from services.clusters.offices.queries import lock_office
from services.clusters.people.actions import find_or_register_person


class AlreadyInOffice(Problem):
    status, title = 409, "This person holds the office already"


async def give_office(session: AsyncSession, new: dict[str, Any], by: UUID | None) -> Office:
    """Give an office to the person with this address. Raises AlreadyInOffice."""
    person = await find_or_register_person(
        session, mail=new["mail"], name=new["name"], language=new["language"], zone=new["zone"]
    )
    office = Office(person_id=person.id, kind=new["kind"], country=new["country"])
    session.add(office)
    try:
        await session.flush()
    except IntegrityError as error:
        raise AlreadyInOffice from error
    _tell(session, office, "office.given", by)
    return office


async def end_office(session: AsyncSession, office: Office, by: UUID | None) -> Office:
    """Take an office away. Raises NotFound when somebody did meanwhile."""
    office = await lock_office(session, office.id)
    office.ended_at = now()
    _tell(session, office, "office.ended", by)
    return office


def _tell(session: AsyncSession, office: Office, kind: str, by: UUID | None) -> None:
    told: dict[str, Any] = {
        "office_id": office.id,
        "person_id": office.person_id,
        "kind": office.kind.value,
        "country": office.country,
    }
    record(session, kind, actor_id=by, **told)
