from typing import Any
from uuid import UUID

import asyncpg
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db, plain
from kit.problems import NotFound
from services.clusters.directory.programme.models import CountryTakingPart, LogoSize, Phase, Programme
from services.clusters.directory.programme.schemas import ProgrammeOut

LOGO = "select id, width, height from logo"
LOGO_CONTENT = {
    LogoSize.small: "select id, small as content from logo",
    LogoSize.large: "select id, large as content from logo",
}


async def the_programme(db: Db) -> Programme:
    """Raises NotFound while it has no name yet."""
    if programme := await db.get(Programme, 1):
        return programme
    raise NotFound


async def phases_of_the_year(db: AsyncSession) -> list[Phase]:
    return list(await db.exec(select(Phase).order_by(col(Phase.begins))))


async def countries_taking_part(db: AsyncSession) -> list[CountryTakingPart]:
    return list(await db.exec(select(CountryTakingPart).order_by(col(CountryTakingPart.country))))


async def logo_of(db: AsyncSession) -> dict[str, Any] | None:
    logo = await (await plain(db)).fetchrow(LOGO)
    return dict(logo) if logo else None


async def logo_content(pool: asyncpg.Pool, size: LogoSize) -> tuple[UUID, bytes]:
    """(its id, the picture). Raises NotFound."""
    if logo := await pool.fetchrow(LOGO_CONTENT[size]):
        return logo["id"], logo["content"]
    raise NotFound


async def described(db: AsyncSession, programme: Programme) -> ProgrammeOut:
    """The programme with its phases and countries."""
    phases, countries = await phases_of_the_year(db), await countries_taking_part(db)
    return ProgrammeOut.model_validate(
        programme.model_dump()
        | {"phases": [phase.model_dump() for phase in phases], "countries": [each.country for each in countries]}
        | {"logo": await logo_of(db)}
    )


async def takes_part(db: AsyncSession, country: str | None) -> bool:
    """Whether a country takes part; every country while none is named."""
    countries = {each.country for each in await countries_taking_part(db)}
    return not countries or country is None or country in countries
