from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.facts import record
from kit.ids import new_id
from kit.imaging import Prepared
from kit.locking import lock_number
from kit.problems import NotFound, Problem
from services.clusters.directory.programme.models import CountryTakingPart, Logo, LogoSize, Phase, Programme
from services.clusters.directory.programme.queries import countries_taking_part, phases_of_the_year, takes_part
from services.clusters.directory.programme.schemas import PhaseIn, ProgrammeIn
from services.clusters.facts import ProgrammeChanged

PROGRAMME_LOCK = 7_006


class CountryNotTakingPart(Problem):
    status, title = 409, "This country does not take part in the programme: its coordinator can add it"


async def change_programme(db: AsyncSession, known: Programme | None, new: ProgrammeIn, by: UUID | None) -> Programme:
    """Say what the programme is, anew or for the first time. Whoever calls holds PROGRAMME_LOCK.

    A country that is left out takes part no longer: what goes on there goes on, and nothing new begins.
    """
    said = new.model_dump(exclude={"countries", "phases"})
    if said["asks_second_factor"] is None:
        del said["asks_second_factor"]
    programme = known or Programme(**said, version=0)
    for name, value in said.items():
        setattr(programme, name, value)
    programme.version += 1
    db.add(programme)
    await _set_phases(db, new.phases)
    await _set_countries(db, new.countries)
    record(db, ProgrammeChanged(name=programme.name, countries=new.countries, licence=programme.licence), actor_id=by)
    return programme


async def set_logo(db: AsyncSession, image: Prepared[LogoSize], by: UUID | None) -> Programme:
    """Show this one from now on. Raises NotFound while the programme has no name."""
    programme = await _changing(db, by)
    logo = await db.get(Logo, 1) or Logo(width=0, height=0, small=b"", large=b"")
    logo.id, logo.width, logo.height = new_id(), image.width, image.height
    logo.small, logo.large = image.contents[LogoSize.small], image.contents[LogoSize.large]
    db.add(logo)
    await db.flush()
    return programme


async def remove_logo(db: AsyncSession, by: UUID | None) -> None:
    """Show none."""
    if logo := await db.get(Logo, 1):
        await _changing(db, by)
        await db.delete(logo)


async def _changing(db: AsyncSession, by: UUID | None) -> Programme:
    """The programme, locked, of which a new version is told."""
    await lock_number(db, PROGRAMME_LOCK)
    programme = await db.get(Programme, 1, populate_existing=True)
    if programme is None:
        raise NotFound
    programme.version += 1
    countries = [each.country for each in await countries_taking_part(db)]
    record(db, ProgrammeChanged(name=programme.name, countries=countries, licence=programme.licence), actor_id=by)
    return programme


async def require_part(db: AsyncSession, country: str | None) -> None:
    """Raises CountryNotTakingPart."""
    if not await takes_part(db, country):
        raise CountryNotTakingPart


async def _set_phases(db: AsyncSession, phases: list[PhaseIn]) -> None:
    said = {phase.id: phase for phase in phases if phase.id}
    known = await phases_of_the_year(db)
    for phase in known:
        if new := said.get(phase.id):
            phase.name, phase.begins = new.name, new.begins
        else:
            await db.delete(phase)
    kept = {phase.id for phase in known}
    db.add_all(Phase(name=new.name, begins=new.begins) for new in phases if new.id not in kept)
    await db.flush()


async def _set_countries(db: AsyncSession, countries: list[str]) -> None:
    known = {each.country: each for each in await countries_taking_part(db)}
    for country in known.keys() - {*countries}:
        await db.delete(known[country])
    db.add_all(CountryTakingPart(country=country) for country in countries if country not in known)
    await db.flush()
