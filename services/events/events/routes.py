from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Request
from pydantic import BaseModel

from kit.clock import now
from kit.db import Db, Reader
from kit.pages import After, Limit, Page, keys_of, page_of
from kit.policy import allowed, anyone
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router, versioned
from services.events.attendance.queries import came_by_school
from services.events.events import actions, queries
from services.events.events.formats import USUAL_MINUTES, Format
from services.events.events.queries import VisibleEvent
from services.events.events.schemas import CancellationIn, DescriptionIn, EventIn, EventItemOut, EventOut
from services.events.events.showing import event_out, mode_of
from services.events.policy import RULES
from services.roster.sight import InCluster, sight_of
from services.roster.standing import CurrentMember

routes = router("/v1", "events")
refused = documented(Forbidden, NotFound)
closed = refused | documented(actions.EventCancelled, actions.EventOver)
SeenEvent = Annotated[VisibleEvent, allowed(RULES, "event.see", queries.visible_event)]
ChangedEvent = Annotated[VisibleEvent, allowed(RULES, "event.change", queries.visible_event)]
listing = allowed(RULES, "events.list")


class StartKeys(BaseModel):
    starts_at: datetime
    id: UUID


class AnnouncedOut(BaseModel):
    id: UUID
    version: int


class FormatOut(BaseModel):
    """A format of professional development, and how long one sitting of it usually takes."""

    format: Format
    minutes: int


class CameOut(BaseModel):
    """How many came from one school."""

    school_id: UUID | None
    school: str
    came: int


class SummaryOut(BaseModel):
    """What an event says about itself afterwards, for whoever writes about it."""

    id: UUID
    cluster_id: UUID
    title: str
    format: str
    mode: str
    zone: str
    starts_at: datetime
    ends_at: datetime
    sites: list[str]
    came: list[CameOut]


@routes.get("/formats", dependencies=[anyone("the formats are the same for everybody")])
async def list_formats() -> list[FormatOut]:
    """The formats of professional development, with their usual length."""
    return [FormatOut(format=kind, minutes=minutes) for kind, minutes in USUAL_MINUTES.items()]


@routes.post("/events", status_code=201, responses=refused)
@located("/v1/events/{id}")
async def announce_event(
    cluster: Annotated[InCluster, allowed(RULES, "event.schedule", queries.cluster_of_new)],
    new: EventIn,
    session: Db,
    actor: CurrentMember,
) -> AnnouncedOut:
    """Announce an event with its sites and online room; people can register at once."""
    assert actor.id
    event = await actions.announce_event(session, new, actor.id, actor.school_in(new.cluster_id))
    return AnnouncedOut(id=event.id, version=event.version)


@routes.get("/events", dependencies=[listing], responses=refused)
async def list_events(
    pool: Reader,
    actor: CurrentMember,
    cluster_id: Annotated[UUID | None, Query(description="Only of this cluster; else of all within sight")] = None,
    when: Literal["upcoming", "past"] = "upcoming",
    after: After = None,
    limit: Limit = 20,
) -> Page[EventItemOut]:
    """Events that are not over yet, in the order of their beginning; or past ones, newest first."""
    sight, keys = await sight_of(pool, actor, cluster_id), keys_of(after, StartKeys)
    rows = await queries.listed(
        pool,
        sight,
        actor,
        upcoming=when == "upcoming",
        at=now(),
        after=(keys.starts_at, keys.id) if keys else None,
        limit=limit,
    )
    return Page[EventItemOut].model_validate(page_of([dict(row) for row in rows], limit, "starts_at", "id"))


@routes.get("/events/{event_id}", responses=refused)
async def show_event(request: Request, found: SeenEvent, pool: Reader, actor: CurrentMember) -> EventOut:
    """An event with its places and what is left of them, who comes, and my own registration."""
    versioned(request, found.shown["version"])
    return await event_out(pool, found, actor)


@routes.get("/events/{event_id}/summary", responses=refused)
async def show_summary(found: SeenEvent, pool: Reader, actor: CurrentMember) -> SummaryOut:
    """Date, format, places, and who came from where."""
    places = await queries.places_shown(pool, found.event.id)
    return SummaryOut.model_validate(
        found.shown
        | {
            "mode": mode_of(places),
            "sites": [place["name"] for place in places if not place["online"]],
            "came": await came_by_school(pool, found.event.id, actor.language),
        }
    )


@routes.put(
    "/events/{event_id}/description",
    responses=closed | documented(Changed, PreconditionRequired),
)
async def describe_event(
    found: ChangedEvent, new: DescriptionIn, actor: CurrentMember, session: Db, if_match: IfMatch = None
) -> AnnouncedOut:
    """Change title, text and format. `If-Match` names the version that you read."""
    assert actor.id
    event = await actions.open_event(session, found.event.id)
    matched(event.version, if_match)
    event = await actions.describe_event(session, event, new, actor.id)
    return AnnouncedOut(id=event.id, version=event.version)


@routes.post("/events/{event_id}/cancellation", status_code=201, responses=closed)
async def cancel_event(
    found: ChangedEvent, cancelled: CancellationIn, actor: CurrentMember, session: Db
) -> AnnouncedOut:
    """Cancel it. Everybody who is registered gets one mail, and their calendar drops it."""
    assert actor.id
    event = await actions.cancel_event(session, found.event.id, cancelled.reason, actor.id)
    return AnnouncedOut(id=event.id, version=event.version)
