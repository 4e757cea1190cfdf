from sqlmodel.ext.asyncio.session import AsyncSession

from kit.facts import record
from kit.locking import lock
from kit.problems import Problem
from services.clusters.directory.schools.models import Headcount, School
from services.clusters.directory.schools.queries import headcounts_of
from services.clusters.directory.schools.schemas import HeadcountIn, SchoolIn
from services.clusters.sight import clusters_of_school
from services.roster.facts import SchoolChanged, SchoolFact, SchoolRegistered


class OtherCountry(Problem):
    status, title = 409, "A cluster stays within one country"


async def register_school(session: AsyncSession, new: SchoolIn) -> School:
    school = School(**new.model_dump(exclude={"headcounts"}))
    session.add(school)
    await session.flush()
    _count(session, school, new.headcounts)
    _tell(session, school, SchoolRegistered)
    return school


async def change_school(session: AsyncSession, school: School, new: SchoolIn) -> School:
    """Say anew what a school is. Raises OtherCountry while it belongs to a cluster."""
    # Locked, so that a change sent twice at once counts the school once.
    school = await lock(session, School, school.id, key_share=True)
    if new.country != school.country and await clusters_of_school(session, school.id):
        raise OtherCountry
    for name, value in new.model_dump(exclude={"headcounts"}).items():
        setattr(school, name, value)
    for old in await headcounts_of(session, school.id):
        await session.delete(old)
    await session.flush()
    _count(session, school, new.headcounts)
    _tell(session, school, SchoolChanged)
    return school


def _count(session: AsyncSession, school: School, headcounts: list[HeadcountIn]) -> None:
    by_year = {h.year: h for h in headcounts}
    session.add_all(Headcount(school_id=school.id, **h.model_dump()) for h in by_year.values())


def _tell(session: AsyncSession, school: School, kind: type[SchoolFact]) -> None:
    record(session, kind(school_id=school.id, name=school.name, town=school.town, country=school.country))
