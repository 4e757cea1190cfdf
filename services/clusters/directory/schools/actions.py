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


async def register_school(db: AsyncSession, new: SchoolIn) -> School:
    school = School(**new.model_dump(exclude={"headcounts"}))
    db.add(school)
    await db.flush()
    _count(db, school, new.headcounts)
    _tell(db, school, SchoolRegistered)
    return school


async def change_school(db: AsyncSession, school: School, new: SchoolIn) -> School:
    """Say anew what a school is. Raises OtherCountry while it belongs to a cluster."""
    # Locked, so that a change sent twice at once counts the school once.
    school = await lock(db, School, school.id, key_share=True)
    if new.country != school.country and await clusters_of_school(db, school.id):
        raise OtherCountry
    for name, value in new.model_dump(exclude={"headcounts"}).items():
        setattr(school, name, value)
    for old in await headcounts_of(db, school.id):
        await db.delete(old)
    await db.flush()
    _count(db, school, new.headcounts)
    _tell(db, school, SchoolChanged)
    return school


def _count(db: AsyncSession, school: School, headcounts: list[HeadcountIn]) -> None:
    by_year = {h.year: h for h in headcounts}
    db.add_all(Headcount(school_id=school.id, **h.model_dump()) for h in by_year.values())


def _tell(db: AsyncSession, school: School, kind: type[SchoolFact]) -> None:
    record(db, kind(school_id=school.id, name=school.name, town=school.town, country=school.country))
