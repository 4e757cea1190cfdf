"""The overviews as files: figures by month, without anything about a person."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import Query, Response

from kit.dates import school_year_of
from kit.paths import Router
from kit.written_sheets import Cell, SheetKind
from web.clients.clusters.overviews import ClusterOverview, ClusterRow, Overviews, SchoolRow
from web.languages import country_named, month_named
from web.pages.overviews.months import Month, months_of
from web.pages.overviews.routes import Country, Kind, Year, today
from web.sheets import Rows, sheet_file
from web.visit import SignedIn, Visit
from web.words import word

routes = Router()
COUNTED = ("organised", "hosted", "joined", "came", "reached", "entries", "comments", "takeaways")
Of = Annotated[Kind, Query()]


@routes.get("/overview.{suffix}")
async def of_countries(
    visit: SignedIn, suffix: SheetKind, kind: Of = "people", country: Country = None, year: Year = None
) -> Response:
    visit.hold_office()
    country = country or visit.only_country
    names = [country_named(country)] if country else []
    rows = partial(clusters_by_month, visit, kind, country, year)
    return await sheet_file(visit, suffix, [*names, word("activity", kind)], "overview", rows)


async def clusters_by_month(visit: Visit, kind: Kind, country: str | None, year: int | None) -> Rows:
    """Every cluster with its months, and what they are together where that can be added."""
    ask = visit.ask(Overviews)
    overview = await ask.show(kind, country=country, year=year)
    clusters = await ask.every_cluster(kind, country=country, year=year)
    months = _past(overview.year, visit, {key for row in clusters for key in row.months})
    columns = ("country", "cluster", "approach")
    heads = [*(word("overview_column", name) for name in columns), *map(_named, months)]
    # Who came in several months would be several people.
    sums = kind != "people"
    heads += [word("sheet_column", "together")] if sums else []
    is_now = _is_now(overview.year, visit)
    heads += [word("overview_column", name) for name in ("schools", "in_development_plans")] if is_now else []
    return [heads, *(_row(row, months, sums, is_now) for row in clusters)]


def _row(row: ClusterRow, months: list[Month], sums: bool, is_now: bool) -> Sequence[Cell]:
    counts = [row.months.get(month.key, 0) for month in months]
    together = [sum(counts)] if sums else []
    schools = [row.schools, row.in_development_plans] if is_now else []
    return [country_named(row.country), row.name, word("approach", row.approach), *counts, *together, *schools]


@routes.get("/clusters/{cluster_id}/overview.{suffix}")
async def of_cluster(visit: SignedIn, cluster_id: UUID, suffix: SheetKind, year: Year = None) -> Response:
    overview = await visit.ask(Overviews).of_cluster(cluster_id, year=year)
    return await sheet_file(visit, suffix, [overview.name], "overview", partial(schools_by_kind, visit, overview))


async def schools_by_kind(visit: Visit, overview: ClusterOverview) -> Rows:
    """What each school gave and got, and its people by month."""
    months = _past(overview.year, visit, overview.months)
    heads = [word("schools_column", "name"), word("schools_column", "teachers")]
    heads += [*(word("activity", kind) for kind in COUNTED), *map(_named, months)]
    is_now = _is_now(overview.year, visit)
    heads += [word("overview_column", "in_development_plan_since")] if is_now else []
    return [heads, *(_of_school(school, months, is_now) for school in overview.schools)]


def _of_school(school: SchoolRow, months: list[Month], is_now: bool) -> Sequence[Cell]:
    counts = [school.sum_of(kind) for kind in COUNTED]
    since = [school.in_development_plan_since] if is_now else []
    return [school.name, school.teachers, *counts, *(school.months.get(month.key, 0) for month in months), *since]


def _is_now(year: int, visit: Visit) -> bool:
    """Whether what stands today belongs beside the figures of this school year."""
    return year == school_year_of(today(visit))


def _past(year: int, visit: Visit, used: Iterable[str]) -> list[Month]:
    return [month for month in months_of(year, today(visit), used) if not month.ahead]


def _named(month: Month) -> str:
    return f"{month_named(month.day)} {month.day.year}"
