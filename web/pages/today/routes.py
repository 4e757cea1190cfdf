import asyncio

from fastapi import Response

from kit.clock import now
from kit.paths import Router
from web.clients.clusters.help import Helping
from web.clients.clusters.overviews import Overviews
from web.clients.clusters.people import People
from web.clients.clusters.plans import Plans
from web.clients.diaries import entries
from web.clients.diaries.entries import Entries
from web.clients.events import events
from web.clients.events.events import Events
from web.pages.today.guide import steps_of
from web.pages.today.shown import ModelYear, ShowToday, Welcome
from web.pages.today.waiting import waiting_for
from web.render import done, render, send_on
from web.visit import AnyVisit, SignedIn, Visit, if_there

routes = Router()
MOST_WAITING, FORBIDDEN, NOT_FOUND = 5, 403, 404


@routes.get("/")
async def index(visit: AnyVisit, after: str | None = None) -> Response:
    if visit.awaited:
        return send_on(visit.request, "/sign-in/step")
    if visit.me is None:
        return await welcome(visit, after)
    new = visit.me.has_guide
    held, written, guide, asked, plans, overview = await asyncio.gather(
        if_there(visit.ask(Events).today(after=after, first_steps=new)),
        if_there(visit.ask(Entries).today(after=after, first_steps=new)),
        if_there(visit.ask(People).guide()) if new else nothing(),
        # Refused to somebody whose office ended just now.
        if_there(visit.ask(Helping).index(waiting=True, limit=MOST_WAITING), FORBIDDEN)
        if visit.me.offices
        else nothing(),
        if_there(visit.ask(Plans).handed_in(limit=MOST_WAITING), FORBIDDEN) if visit.me.offices else nothing(),
        if_there(visit.ask(Overviews).show(), FORBIDDEN, NOT_FOUND) if visit.office_country else nothing(),
    )
    minute = now().strftime("%Y%m%d%H%M")
    kept_by = None
    if (
        held
        and written
        and (guide or not new)
        and ((asked and plans) or not visit.me.offices)
        and (overview or not visit.office_country)
    ):
        kept_by = (*(each.tag for each in (held, written, visit.me, guide, asked, plans, overview) if each), minute)
    steps = steps_of(guide, visit.me, held, written) if guide else []
    shown = ShowToday(
        me=visit.me,
        events=held,
        diaries=written,
        help=asked,
        plans=plans,
        guide=steps,
        waiting=waiting_for(visit.me, held, written, asked, plans, now()),
        by_country=by_country,
        overview=overview,
    )
    return render(visit, shown, kept_by=kept_by)


async def nothing() -> None:
    return None


@routes.get("/model-year")
async def model_year(visit: SignedIn) -> Response:
    return render(visit, ModelYear())


@routes.post("/guide/end")
async def put_guide_away(visit: SignedIn) -> Response:
    await visit.ask(People).put_guide_away()
    visit.forget_me()
    return done(visit.request, "guide_put_away", "/")


def by_country(held: events.Today | None, written: entries.Today | None) -> list[tuple[str, int, int]]:
    """(country, meetings, entries) of this month, for each country where something happened."""
    meetings = {one.country: one.held for one in held.month} if held else {}
    published = {one.country: one.entries for one in written.month} if written else {}
    countries = sorted(meetings.keys() | published.keys())
    return [(country, meetings.get(country, 0), published.get(country, 0)) for country in countries]


async def welcome(visit: Visit, after: str | None) -> Response:
    page = await if_there(visit.ask(Entries).public(after))
    return render(visit, Welcome(entries=page))
