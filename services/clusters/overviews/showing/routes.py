from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel

from kit.clock import now
from kit.dates import first_of, school_year_of
from kit.db import Reader
from kit.fields import YearMonth
from kit.pages import After, Limit, Page, keys_of, page_by_name
from kit.policy import allowed, can
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import seen_cluster
from services.clusters.clusters.support.levels import SUPPORT, First
from services.clusters.clusters.support.queries import levels_of
from services.clusters.overviews.nudging.queries import nudges, quiet_schools
from services.clusters.overviews.showing import queries
from services.clusters.overviews.showing.composing import cluster_overview
from services.clusters.overviews.showing.queries import Span, span_of
from services.clusters.overviews.showing.schemas import (
    ClusterOverviewOut,
    ClusterRowOut,
    CountryOverviewOut,
    Only,
    OverviewOut,
)
from services.clusters.policy import RULES
from services.clusters.year.deadlines.queries import deadlines_in
from services.roster.activity.models import ActivityKind
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "overviews")
refused = documented(Forbidden, NotFound)
of_offices = allowed(RULES, "overviews.see")
# How long a school is quiet before its coordinators are nudged: for them nothing depends on the country.
QUIET_WEEKS = 3


class ClusterKeys(BaseModel):
    """Where the list goes on."""

    name: str
    cluster_id: UUID


Year = Annotated[int | None, Query(ge=2000, le=2100, description="The first year of the school year; else this one")]
Of = Annotated[ActivityKind, Query(alias="kind", description="Of which the months are told")]
Country = Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="Else all countries of my office")]


@routes.get("/overview", dependencies=[of_offices], responses=refused)
async def show_overview(
    pool: Reader,
    actor: CurrentMember,
    year: Year = None,
    kind: Of = ActivityKind.people,
    country: Country = None,
) -> OverviewOut:
    """How the clusters of a country do in a school year, in sums; for the programme, each country."""
    day, span = _asked(year)
    levels = await levels_of(pool, await _countries(pool, actor, country, span), day)
    own = {country: level for country, level in levels.items() if country in actor.countries}
    summed_up = await queries.countries_summed_up(pool, actor, levels, span, day, kind)
    return OverviewOut(
        year=span.year,
        first=SUPPORT[next(iter(levels.values()))].first if len(levels) == 1 else First.months,
        countries=[CountryOverviewOut.model_validate(row | {"level": levels[row["country"]]}) for row in summed_up],
        totals=await queries.totals(pool, list(levels), span),
        is_complete=await queries.is_complete(pool),
        nudges=await nudges(pool, actor.id, own, day) if actor.id and span.has(day) else [],
    )


@routes.get("/overview/clusters", dependencies=[of_offices], responses=refused)
async def list_clusters_in_overview(
    pool: Reader,
    actor: CurrentMember,
    year: Year = None,
    kind: Of = ActivityKind.people,
    country: Country = None,
    only: Only | None = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[ClusterRowOut]:
    """The clusters of my office that are open, or were in this year, by name, with their months and what stands out."""
    day, span = _asked(year)
    levels = await levels_of(pool, await _countries(pool, actor, country, span), day)
    keys = keys_of(after, ClusterKeys)
    at, named = now(), await queries.clusters_named(pool, actor, levels, span, now(), only)
    page = page_by_name(named, limit, actor.language, keys, "name", "cluster_id")
    listed = [row["cluster_id"] for row in page["items"]]
    rows = await queries.cluster_rows(pool, actor, levels, span, at, kind, listed)
    return Page[ClusterRowOut].model_validate(page | {"items": [rows[cluster_id] for cluster_id in listed]})


@routes.get("/clusters/{cluster_id}/overview", responses=refused)
async def show_cluster_overview(
    cluster: Annotated[Cluster, allowed(RULES, "cluster_overview.see", seen_cluster)],
    pool: Reader,
    actor: CurrentMember,
    year: Year = None,
    kind: Of = ActivityKind.people,
    month: Annotated[YearMonth | None, Query(description="Count what was in this month alone (`2026-10`)")] = None,
) -> ClusterOverviewOut:
    """How a cluster does in a school year, by school: what each gives and gets, what is late or soon due."""
    day, span = _asked(school_year_of(first_of(month)) if month else year)
    verbs = can(RULES, actor, "cluster_overview", cluster)
    is_now = span.has(day)
    quiet: dict[UUID, date] = {}
    if is_now and "rest_nudges" in verbs and not cluster.closed_at:
        quiet = await quiet_schools(pool, actor.id, cluster.id, day, QUIET_WEEKS)
    counted = (first_of(month), first_of(month)) if month else (span.first, span.now)
    schools = await queries.schools_summed_up(pool, cluster.id, span, kind, counted)
    return cluster_overview(
        cluster,
        span,
        kind,
        counted,
        await queries.cluster_summed_up(pool, cluster.id, span, [school["school_id"] for school in schools]),
        schools,
        quiet,
        await deadlines_in(pool, [cluster.id], now(), span.first) if is_now else [],
        day,
        verbs,
    )


def _asked(year: int | None) -> tuple[date, Span]:
    day = now().date()
    return day, span_of(school_year_of(day) if year is None else year, day)


async def _countries(pool: Reader, actor: Member, country: str | None, span: Span) -> list[str]:
    """Those of the office, or the one that is asked for. Raises NotFound where that is none of them."""
    known = await queries.countries_with_clusters(pool, span) if actor.is_programme else actor.countries
    if country is None:
        return known
    if country not in known:
        raise NotFound
    return [country]
