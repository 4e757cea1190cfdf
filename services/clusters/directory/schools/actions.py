from collections.abc import Callable, Sequence
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.collation import sort_key
from kit.facts import record
from kit.languages import SPOKEN
from kit.locking import lock
from kit.problems import Problem, field_invalid
from services.clusters.directory.schools.models import Counted, Headcount, OfficialId, School, SchoolOrder
from services.clusters.directory.schools.names import found_by
from services.clusters.directory.schools.places import what_is_odd
from services.clusters.directory.schools.queries import (
    has_branches,
    headcounts_of,
    official_ids_of,
    schools_unsorted,
)
from services.clusters.directory.schools.schemas import HeadcountIn, OfficialIdIn, SchoolIn
from services.clusters.sight import clusters_of_school
from services.roster.facts import SchoolChanged, SchoolFact, SchoolRegistered

BESIDES = {"headcounts", "official_ids", "there"}
PLACE = "country", "latitude", "longitude"
SORTED_AT_ONCE = 500


class OtherCountry(Problem):
    status, title = 409, "A cluster stays within one country"


class OfficialIdTaken(Problem):
    status, title = 409, "Another school has this number of the register: look for it"


async def register_school(db: AsyncSession, new: SchoolIn, by: UUID | None) -> School:
    """Make a school known. Raises OfficialIdTaken, and Invalid of a place that nobody said is right."""
    _require_near(new)
    await _branches_only_of(db, new.branch_of, new.country, None)
    school = School(**new.model_dump(exclude=BESIDES))
    db.add(school)
    await db.flush()
    _count(db, school, new.headcounts)
    await db.flush()
    await _number(db, school, new.official_ids)
    await sort_school(db, school, new.official_ids)
    _tell(db, school, SchoolRegistered, by)
    return school


async def register_schools(db: AsyncSession, news: list[SchoolIn]) -> list[School]:
    """Make many known at once, whose numbers nobody has: their list is what somebody did."""
    schools = [School(**new.model_dump(exclude=BESIDES)) for new in news]
    for school, new in zip(schools, news, strict=True):
        school.found_by = _found_by(school, new.official_ids)
    db.add_all(schools)
    await db.flush()
    for school, new in zip(schools, news, strict=True):
        _count(db, school, new.headcounts)
        db.add_all(OfficialId(school_id=school.id, **each.model_dump()) for each in new.official_ids)
        db.add_all(_order_of(school, language) for language in SPOKEN)
        _tell(db, school, SchoolRegistered)
    await db.flush()
    return schools


async def count_school(
    db: AsyncSession, school_id: UUID, year: int, counted: Callable[[Counted | None], Counted]
) -> None:
    """The numbers of one school year as they follow from those before, and nothing else; again they change nothing."""
    # The school before its numbers, as whoever changes it.
    school = await lock(db, School, school_id, key_share=True)
    known = await db.get(Headcount, (school_id, year))
    before = known.counted if known else None
    if (after := counted(before)) != before:
        school.version += 1
        await db.merge(Headcount.of(school_id, year, after))


async def number_school(db: AsyncSession, school_id: UUID, number: OfficialIdIn) -> None:
    """One more number, which no other school has: by it the school is found from now on."""
    school = await lock(db, School, school_id, key_share=True)
    school.version += 1
    db.add(OfficialId(school_id=school_id, **number.model_dump()))
    await db.flush()
    await sort_school(db, school, await official_ids_of(db, school_id))


async def change_school(db: AsyncSession, school: School, new: SchoolIn, by: UUID | None) -> School:
    """Say anew what a school is. Raises OtherCountry while it belongs to a cluster, OfficialIdTaken, and Invalid.

    A place that it had before is not asked about.
    """
    # Locked, so that a change sent twice at once counts the school once.
    school = await lock(db, School, school.id, key_share=True)
    if any(getattr(new, name) != getattr(school, name) for name in PLACE):
        _require_near(new)
    school.version += 1
    if new.country != school.country and await clusters_of_school(db, school.id):
        raise OtherCountry
    await _branches_only_of(db, new.branch_of, new.country, school.id)
    for name, value in new.model_dump(exclude=BESIDES).items():
        setattr(school, name, value)
    for old in [*await headcounts_of(db, school.id), *await official_ids_of(db, school.id)]:
        await db.delete(old)
    await db.flush()
    _count(db, school, new.headcounts)
    await db.flush()
    await _number(db, school, new.official_ids)
    await sort_school(db, school, new.official_ids)
    _tell(db, school, SchoolChanged, by)
    return school


def _require_near(new: SchoolIn) -> None:
    """Raises Invalid at `latitude` where a place is far from its country, and nobody said that it is right."""
    if new.there or new.latitude is None or new.longitude is None:
        return
    if odd := what_is_odd(new.country, new.latitude, new.longitude):
        raise field_invalid("latitude", odd)


async def sort_school(db: AsyncSession, school: School, official_ids: Sequence[OfficialIdIn | OfficialId]) -> None:
    """Work out by what the school is found, and where it stands in the order of each language of the house."""
    school.found_by = _found_by(school, official_ids)
    for language in SPOKEN:
        await db.merge(_order_of(school, language))
    await db.flush()


def _found_by(school: School, official_ids: Sequence[OfficialIdIn | OfficialId]) -> str:
    return found_by([school.name, school.official_name, school.town, *(each.number for each in official_ids)])


def _order_of(school: School, language: str) -> SchoolOrder:
    key = sort_key(school.name, language)
    return SchoolOrder(school_id=school.id, language=language, country=school.country, key=key)


async def sort_the_unsorted(db: AsyncSession) -> int:
    """The same for schools that came without it: from the version before, or before a language was learnt."""
    schools = await schools_unsorted(db, list(SPOKEN), SORTED_AT_ONCE)
    for school in schools:
        await sort_school(db, school, await official_ids_of(db, school.id))
    return len(schools)


async def _branches_only_of(db: AsyncSession, branch_of: UUID | None, country: str, school_id: UUID | None) -> None:
    """A branch is of a school of its country that is none itself, and has none."""
    if branch_of is None:
        return
    whole = await db.get(School, branch_of)
    if whole is None or whole.branch_of or whole.id == school_id or whole.country != country:
        raise field_invalid("branch_of", "unknown")
    if school_id and await has_branches(db, school_id):
        raise field_invalid("branch_of", "has_branches")


def _count(db: AsyncSession, school: School, headcounts: list[HeadcountIn]) -> None:
    by_year = {h.year: h for h in headcounts}
    db.add_all(Headcount.of(school.id, h.year, (h.students, h.teachers)) for h in by_year.values())


async def _number(db: AsyncSession, school: School, official_ids: list[OfficialIdIn]) -> None:
    said = {(each.country, each.scheme, each.number): each for each in official_ids}
    db.add_all(OfficialId(school_id=school.id, **each.model_dump()) for each in said.values())
    try:
        await db.flush()
    except IntegrityError as error:
        raise OfficialIdTaken from error


def _tell(db: AsyncSession, school: School, kind: type[SchoolFact], by: UUID | None = None) -> None:
    told = kind(school_id=school.id, name=school.name, town=school.town, country=school.country)
    record(db, told, actor_id=by)
