from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from kit.db import Db, Plain
from kit.problems import NotFound
from services.clusters.clusters.support.levels import USUAL, USUAL_LIGHT_TOUCH, USUAL_ON_REQUEST, Level, level_on
from services.clusters.clusters.support.models import Support
from services.clusters.directory.programme.queries import takes_part
from services.clusters.directory.schools.schemas import Country

CHOSEN = """
insert into support (country, light_touch_from, on_request_from, version, changed_at, changed_by)
values ($1, $2, $3, 1, $4, $5) on conflict do nothing returning country
"""
OF_COUNTRIES = "select country, light_touch_from, on_request_from from support where country = any($1)"


@dataclass(frozen=True)
class SupportOf:
    """How a country of the programme is accompanied; None: as usual."""

    country: str
    support: Support | None

    @property
    def light_touch_from(self) -> int | None:
        return self.support.light_touch_from if self.support else USUAL_LIGHT_TOUCH

    @property
    def on_request_from(self) -> int | None:
        return self.support.on_request_from if self.support else USUAL_ON_REQUEST

    def level(self, day: date) -> Level:
        return level_on(day, self.light_touch_from, self.on_request_from)


async def support_of(country: Country, db: Db) -> SupportOf:
    """Raises NotFound where the country takes no part."""
    if not await takes_part(db, country):
        raise NotFound
    return SupportOf(country, await db.get(Support, country))


async def levels_of(connection: Plain, countries: Sequence[str], day: date) -> dict[str, Level]:
    rows = await connection.fetch(OF_COUNTRIES, list(countries))
    chosen = {row["country"]: (row["light_touch_from"], row["on_request_from"]) for row in rows}
    return {country: level_on(day, *chosen.get(country, USUAL)) for country in countries}


async def added_support(
    connection: Plain, country: str, light_touch_from: int | None, on_request_from: int | None, at: datetime, by: UUID
) -> bool:
    """Whether the country had none until now: another may have chosen at the same time."""
    asked = (country, light_touch_from, on_request_from, at, by)
    return await connection.fetchval(CHOSEN, *asked) is not None
