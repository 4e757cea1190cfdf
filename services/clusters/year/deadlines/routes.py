from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Path, Request, Response

from kit.clock import now
from kit.db import Db, Reader
from kit.policy import allowed, anyone
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import myself
from services.clusters.policy import RULES
from services.clusters.year.deadlines import actions, queries
from services.clusters.year.deadlines.ics import calendar_of
from services.clusters.year.deadlines.models import CalendarFeed
from services.clusters.year.deadlines.schemas import CalendarFeedOut

routes = router("/v1", "plans")
Myself = Annotated[Person, allowed(RULES, "calendar_feed.keep", myself)]
KEPT_BACK = timedelta(days=90)
CALENDAR = "text/calendar"


@routes.get("/me/calendar-feed", responses=documented(Forbidden))
async def show_calendar_feed(person: Myself, db: Db, request: Request) -> CalendarFeedOut:
    """The address of my calendar of deadlines, if I have one."""
    return shown(await db.get(CalendarFeed, person.id), request)


@routes.put("/me/calendar-feed", responses=documented(Forbidden))
async def make_calendar_feed(person: Myself, db: Db, request: Request) -> CalendarFeedOut:
    """Make a private address of my calendar of deadlines; the one before ends."""
    return shown(await actions.make_feed(db, person.id), request)


@routes.delete("/me/calendar-feed", status_code=204, responses=documented(Forbidden))
async def end_calendar_feed(person: Myself, db: Db) -> None:
    """Nobody reads my calendar of deadlines any more."""
    await actions.end_feed(db, person.id)


@routes.get(
    "/calendar-feeds/{key}",
    dependencies=[anyone("whoever has the address of a calendar has the key that stands in it")],
    responses=documented(NotFound) | {200: {"content": {CALENDAR: {"schema": {"type": "string"}}}}},
    response_class=Response,
)
async def read_calendar_feed(
    key: Annotated[str, Path(max_length=100)],
    person: Annotated[Person, Depends(queries.reader_of)],
    pool: Reader,
    request: Request,
) -> Response:
    """The deadlines of somebody's clusters as an iCalendar file: milestones of plans, and what is asked of clusters."""
    deadlines = await queries.deadlines_of(pool, person.id, now(), now().date() - KEPT_BACK)
    return Response(calendar_of(deadlines, request.app.state.settings.public_url), media_type=CALENDAR)


def shown(feed: CalendarFeed | None, request: Request) -> CalendarFeedOut:
    if feed is None:
        return CalendarFeedOut(address=None, made_at=None)
    address = f"{request.app.state.settings.public_url}/feeds/{feed.key}.ics"
    return CalendarFeedOut(address=address, made_at=feed.made_at)
