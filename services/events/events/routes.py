from typing import Annotated
from uuid import UUID

from pydantic import BaseModel

from kit.db import Db
from kit.policy import allowed, anyone
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router
from services.events.events import actions, queries
from services.events.events.formats import SECTIONS, USUAL_MINUTES, Format
from services.events.events.queries import VisibleEvent
from services.events.events.schemas import CancellationIn, DescriptionIn, EventIn
from services.events.policy import RULES
from services.roster.sections import Section
from services.roster.sight import InCluster
from services.roster.standing import CurrentMember

routes = router("/v1", "events")
refused = documented(Forbidden, NotFound)
ChangedEvent = Annotated[VisibleEvent, allowed(RULES, "event.change", queries.visible_event)]


class AnnouncedOut(BaseModel):
    id: UUID
    version: int


class FormatOut(BaseModel):
    """A format of professional development: how long one sitting of it usually takes, and in which sections of the year
    report it is told, the usual one first."""

    format: Format
    minutes: int
    sections: tuple[Section, ...]


@routes.get("/formats", dependencies=[anyone("the formats are the same for everybody")])
async def list_formats() -> list[FormatOut]:
    """The formats of professional development, with their usual length and their sections of the year report."""
    return [FormatOut(format=kind, minutes=USUAL_MINUTES[kind], sections=SECTIONS[kind]) for kind in Format]


@routes.post("/events", status_code=201, responses=refused)
@located("/v1/events/{id}")
async def announce_event(
    cluster: Annotated[InCluster, allowed(RULES, "event.schedule", queries.cluster_of_new)],
    new: EventIn,
    db: Db,
    actor: CurrentMember,
) -> AnnouncedOut:
    """Announce an event with its sites and online room; people can register at once."""
    assert actor.id
    event = await actions.announce_event(db, new, actor.id, actor.school_in(new.cluster_id))
    return AnnouncedOut(id=event.id, version=event.version)


@routes.put(
    "/events/{event_id}/description",
    responses=refused | documented(Changed, PreconditionRequired),
)
async def describe_event(
    found: ChangedEvent, new: DescriptionIn, actor: CurrentMember, db: Db, if_match: IfMatch = None
) -> AnnouncedOut:
    """Change title, text and format. `If-Match` names the version that you read."""
    assert actor.id
    event = await actions.open_event(db, found.event.id)
    matched(event.version, if_match)
    event = await actions.describe_event(db, event, new, actor.id)
    return AnnouncedOut(id=event.id, version=event.version)


@routes.post("/events/{event_id}/cancellation", status_code=201, responses=refused)
async def cancel_event(found: ChangedEvent, cancelled: CancellationIn, actor: CurrentMember, db: Db) -> AnnouncedOut:
    """Cancel it. Everybody who is registered gets one mail, and their calendar drops it."""
    assert actor.id
    event = await actions.cancel_event(db, found.event.id, cancelled.reason, actor.id)
    return AnnouncedOut(id=event.id, version=event.version)
