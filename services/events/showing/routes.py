from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request
from pydantic import BaseModel

from kit.clock import now
from kit.dates import first_of
from kit.db import Reader
from kit.fields import YearMonth
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router, versioned
from services.events.attendance.queries import came_by_school
from services.events.events.queries import places_shown
from services.events.policy import RULES
from services.events.showing import queries
from services.events.showing.composing import event_out, mode_of
from services.events.showing.queries import ShownEvent
from services.events.showing.schemas import EventItemOut, EventOut, SummaryOut
from services.roster.sight import sight_for_list
from services.roster.standing import CurrentMember

routes = router("/v1", "events")
refused = documented(Forbidden, NotFound)
SeenEvent = Annotated[ShownEvent, allowed(RULES, "event.see", queries.shown_event)]

InMonth = Annotated[YearMonth | None, Query(description="Those that begin in this month, past or not")]


class StartKeys(BaseModel):
    starts_at: datetime
    id: UUID


@routes.get("/events", dependencies=[allowed(RULES, "events.list")], responses=refused)
async def list_events(
    pool: Reader,
    actor: CurrentMember,
    cluster_id: Annotated[UUID | None, Query(description="Only of this cluster; else of all within sight")] = None,
    when: Literal["upcoming", "past"] = "upcoming",
    month: InMonth = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[EventItemOut]:
    """Events that are not over yet, in the order of their beginning; or past ones, newest first; or of one month."""
    sight, keys = await sight_for_list(pool, actor, cluster_id), keys_of(after, StartKeys)
    began = (keys.starts_at, keys.id) if keys else None
    if month:
        rows = await queries.listed_of_month(pool, sight, actor, first_of(month), now(), began, limit)
    else:
        upcoming = when == "upcoming"
        rows = await queries.listed(pool, sight, actor, upcoming=upcoming, at=now(), after=began, limit=limit)
    return Page[EventItemOut].model_validate(page_of([dict(row) for row in rows], limit, "starts_at", "id"))


@routes.get("/events/{event_id}", responses=refused)
async def show_event(request: Request, found: SeenEvent, actor: CurrentMember) -> EventOut:
    """An event with its places and what is left of them, who comes, and my own registration."""
    versioned(request, found.shown["version"])
    return event_out(found, actor)


@routes.get("/events/{event_id}/summary", responses=refused)
async def show_summary(found: SeenEvent, pool: Reader, actor: CurrentMember) -> SummaryOut:
    """Date, format, places, and who came from where."""
    places = await places_shown(pool, found.event.id)
    return SummaryOut.model_validate(
        found.shown
        | {
            "mode": mode_of(places),
            "sites": [place["name"] for place in places if not place["online"]],
            "came": await came_by_school(pool, found.event.id, actor.language),
        }
    )
