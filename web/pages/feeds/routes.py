"""The private calendar of somebody's deadlines: its address, and what calendars read there."""

from functools import partial

from fastapi import Response

from kit.client import Refused
from kit.paths import Router
from web.clients.clusters.feeds import CalendarFeed, Feeds, OpenFeeds
from web.draft import Draft
from web.refilling import refilling
from web.render import done, render
from web.shown import NOT_KEPT, Shown
from web.visit import AnyVisit, SignedIn, Visit

routes = Router()
PAGE = "/profile/calendar"


class ShowFeed(Shown, template="feeds/edit.html"):
    feed: CalendarFeed
    draft: Draft


@routes.get("/profile/calendar")
async def show(visit: SignedIn) -> Response:
    return await feed_page(visit, Draft())


async def feed_page(visit: Visit, draft: Draft, status: int = 200) -> Response:
    answer = render(visit, ShowFeed(feed=await visit.ask(Feeds).mine(), draft=draft), status)
    answer.headers.update(NOT_KEPT)
    return answer


@routes.post("/profile/calendar")
async def make(visit: SignedIn) -> Response:
    with refilling(partial(feed_page, visit), Draft().refused):
        await visit.ask(Feeds).make()
    return done(visit.request, "feed_made", PAGE)


@routes.post("/profile/calendar/end")
async def end(visit: SignedIn) -> Response:
    with refilling(partial(feed_page, visit), Draft().refused):
        await visit.ask(Feeds).end()
    return done(visit.request, "feed_ended", PAGE)


@routes.get("/feeds/{name}")
async def read(visit: AnyVisit, name: str) -> Response:
    key, _, kind = name.rpartition(".")
    if kind != "ics" or not key.replace("-", "").replace("_", "").isalnum() or not key.isascii():
        raise Refused(404)
    return Response(await visit.ask(OpenFeeds).read(key), media_type="text/calendar", headers=NOT_KEPT)
