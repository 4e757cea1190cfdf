"""How clusters do: the country at a glance, one cluster, one month, one school; and how closely one looks."""

import asyncio
from datetime import date
from functools import partial
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Depends, Query, Response
from starlette.datastructures import FormData

from kit.client import Refused
from kit.clock import now
from kit.dates import first_of, school_year_of
from kit.fields import YearMonth
from kit.paths import Router
from web import words
from web.clients.clusters.clusters import Clusters
from web.clients.clusters.overviews import ClusterOverview, Overviews, SchoolRow, Support
from web.clients.events.events import Events
from web.draft import Draft, id_of, number, text_of, typed
from web.languages import month_of_year
from web.pages.overviews.months import Month, dots, heat_of, months_of
from web.pages.overviews.resting import rest_until, rests
from web.pages.overviews.shown import (
    Asked,
    Bar,
    ShowClusterOverview,
    ShowMonth,
    ShowOverview,
    ShowSchool,
    ShowSupport,
)
from web.refilling import refilling
from web.render import done, render
from web.visit import SignedIn, Visit, if_there

routes = Router()
Form = Annotated[FormData, Depends(typed)]
Kind = Literal["people", "meetings", "entries", "comments", "takeaways"]
OfSchool = Literal["people", "entries", "comments", "takeaways"]
KINDS = ("people", "meetings", "entries", "comments", "takeaways")
Only = Literal["help", "late", "quiet"]
Year = Annotated[int | None, Query(ge=2000, le=2100)]
Country = Annotated[str | None, Query(pattern="^[A-Z]{2}$")]
PARTS = {
    "nudges": ("nudges", "months", "help"),
    "months": ("months", "nudges", "help"),
    "help": ("help", "months", "nudges"),
}
GAVE, GOT = ("organised", "hosted", "entries", "comments"), ("joined", "takeaways")
TOP, ROW, HALF, MOST_BARS = 28, 42, 200.0, 12
CHANGED, NOT_FOUND = 412, 404
BACK = {"country": "/overview", "today": "/"}


def today(visit: Visit) -> date:
    return now().astimezone(ZoneInfo(visit.zone or "UTC")).date()


@routes.get("/overview")
async def index(
    visit: SignedIn,
    kind: Kind = "people",
    country: Country = None,
    year: Year = None,
    only: Only | None = None,
    after: str | None = None,
) -> Response:
    visit.hold_office()
    country = country or visit.only_country
    ask = visit.ask(Overviews)
    if country:
        overview, page = await asyncio.gather(
            ask.show(kind, country=country, year=year),
            ask.clusters(kind, country=country, year=year, only=only, after=after),
        )
    else:
        overview, page = await ask.show(kind, country=None, year=year), None
    rows = (
        [(row.months, row.planned) for row in page.items]
        if page
        else [(row.months, row.planned) for row in overview.countries]
    )
    months = [months for months, _ in rows]
    return render(
        visit,
        ShowOverview(
            asked=Asked(kind, country, overview.year, only),
            overview=overview,
            page=page,
            months=months_of(overview.year, today(visit), {key for both in rows for each in both for key in each}),
            heat=heat_of(months),
            parts=PARTS[overview.first],
            this_year=school_year_of(today(visit)),
            kinds=KINDS,
            dots=dots,
        ),
    )


@routes.get("/clusters/{cluster_id}/overview")
async def of_cluster(visit: SignedIn, cluster_id: UUID, kind: OfSchool = "people", year: Year = None) -> Response:
    overview = await visit.ask(Overviews).of_cluster(cluster_id, kind, year=year)
    return render(
        visit,
        ShowClusterOverview(
            asked=Asked(kind, None, overview.year),
            overview=overview,
            months=_until_now(overview, today(visit)),
            heat=heat_of(school.months for school in overview.schools),
            bars=bars_of(overview),
            this_year=school_year_of(today(visit)),
            kinds=[each for each in KINDS if each != "meetings"],
            dots=dots,
        ),
    )


def _until_now(overview: ClusterOverview, day: date) -> list[Month]:
    return [month for month in months_of(overview.year, day, overview.months) if not month.ahead]


def bars_of(overview: ClusterOverview) -> list[Bar]:
    """Who gives to the one side, who gets to the other, by the longest of all. Of a large cluster no picture."""
    sums = [(school.name, school.sum_of(*GAVE), school.sum_of(*GOT)) for school in overview.schools]
    most = max((max(gave, got) for _, gave, got in sums), default=0)
    if not most or len(sums) > MOST_BARS:
        return []
    return [
        Bar(name, TOP + row * ROW, gave, got, HALF * gave / most, HALF * got / most)
        for row, (name, gave, got) in enumerate(sums)
    ]


@routes.get("/clusters/{cluster_id}/overview/{month}")
async def of_month(visit: SignedIn, cluster_id: UUID, month: YearMonth, after: str | None = None) -> Response:
    overview, events = await asyncio.gather(
        visit.ask(Overviews).of_cluster(cluster_id, month=month),
        if_there(visit.ask(Events).of_month(cluster_id, month, after), NOT_FOUND),
    )
    months = months_of(overview.year, today(visit), {*overview.months, month})
    at = next(n for n, each in enumerate(months) if each.day == first_of(month))
    return render(
        visit,
        ShowMonth(
            overview=overview,
            month=months[at],
            events=events,
            before=months[at - 1] if at else None,
            after=months[at + 1] if at + 1 < len(months) else None,
        ),
    )


@routes.get("/clusters/{cluster_id}/overview/schools/{school_id}")
async def of_school(visit: SignedIn, cluster_id: UUID, school_id: UUID) -> Response:
    overview, cluster = await asyncio.gather(
        visit.ask(Overviews).of_cluster(cluster_id), visit.ask(Clusters).show(cluster_id)
    )
    day, school = today(visit), _of(overview, school_id)
    shown = ShowSchool(
        overview=overview,
        school=school,
        months=_until_now(overview, day),
        most=max(school.months.values(), default=1),
        rests=rests(day),
        schedules=cluster.schedules,
    )
    return render(visit, shown)


def _of(overview: ClusterOverview, school_id: UUID) -> SchoolRow:
    """Raises Refused where the school is none of the cluster's."""
    school = next((each for each in overview.schools if each.school_id == school_id), None)
    if school is None:
        raise Refused(NOT_FOUND)
    return school


@routes.post("/clusters/{cluster_id}/nudge-rests")
async def rest(visit: SignedIn, cluster_id: UUID, form: Form) -> Response:
    """About the cluster, or a school in it; back to the page from which it was sent."""
    values = text_of(form, "school_id", "rest", "from")
    school_id = id_of(form, "school_id") if values["school_id"] else None
    await visit.ask(Overviews).rest(cluster_id, school_id, rest_until(values["rest"], today(visit)))
    back = BACK.get(values["from"], f"/clusters/{cluster_id}/overview")
    return done(visit.request, "rested", back)


@routes.get("/countries/{country}/support")
async def support(visit: SignedIn, country: str) -> Response:
    found = await visit.ask(Overviews).support(country)
    months = {"light": str(found.light_touch_from or ""), "asked": str(found.on_request_from or "")}
    return render(visit, _support(found, Draft(months | {"version": str(found.version)})))


async def support_page(visit: Visit, country: str, draft: Draft, status: int = 200) -> Response:
    found = await visit.ask(Overviews).support(country)
    theirs = found if status == CHANGED else None
    if theirs:
        draft = draft.but(version=str(found.version))
    return render(visit, _support(found, draft, theirs), status)


def _support(support: Support, draft: Draft, theirs: Support | None = None) -> ShowSupport:
    months = [(str(each), month_of_year(each)) for each in (9, 10, 11, 12, *range(1, 9))]
    return ShowSupport(support=support, months=months, behaviours=list(words.BEHAVIOURS), draft=draft, theirs=theirs)


FIELDS = {"light_touch_from": "light", "on_request_from": "asked"}


@routes.post("/countries/{country}/support")
async def choose_support(visit: SignedIn, country: str, form: Form) -> Response:
    values = text_of(form, "light", "asked", "version")
    with refilling(partial(support_page, visit, country), partial(Draft(values).refused, fields=FIELDS)):
        light, asked = number(values["light"], None), number(values["asked"], None)
        await visit.ask(Overviews).choose_support(country, number(values["version"], 0), light, asked)
    return done(visit.request, "support_chosen", "/overview?country=" + country)
