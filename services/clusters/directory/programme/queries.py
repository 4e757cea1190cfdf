from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound
from services.clusters.directory.programme.models import CountryTakingPart, Phase, Programme
from services.clusters.directory.programme.schemas import ProgrammeOut


async def the_programme(db: Db) -> Programme:
    """Raises NotFound while it has no name yet."""
    if programme := await db.get(Programme, 1):
        return programme
    raise NotFound


async def phases_of_the_year(db: AsyncSession) -> list[Phase]:
    return list(await db.exec(select(Phase).order_by(col(Phase.begins))))


async def countries_taking_part(db: AsyncSession) -> list[CountryTakingPart]:
    return list(await db.exec(select(CountryTakingPart).order_by(col(CountryTakingPart.country))))


async def described(db: AsyncSession, programme: Programme) -> ProgrammeOut:
    """The programme with its phases and countries."""
    phases, countries = await phases_of_the_year(db), await countries_taking_part(db)
    return ProgrammeOut.model_validate(
        programme.model_dump()
        | {"phases": [phase.model_dump() for phase in phases], "countries": [each.country for each in countries]}
    )


async def takes_part(db: AsyncSession, country: str | None) -> bool:
    """Whether a country takes part; every country while none is named."""
    countries = {each.country for each in await countries_taking_part(db)}
    return not countries or country is None or country in countries
