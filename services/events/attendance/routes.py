from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from kit.db import Db, Reader
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.events.attendance import actions
from services.events.attendance.queries import who_came
from services.events.events.actions import EventCancelled
from services.events.events.queries import VisibleEvent, visible_event
from services.events.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/events/{event_id}/attendance", "attendance")


class AttendanceIn(BaseModel):
    """Everybody who came, registered or not; the list replaces what was marked before."""

    came: Annotated[set[UUID], Field(max_length=2_000)]


class AttendanceOut(BaseModel):
    came: int


class AttendedOut(BaseModel):
    came: list[UUID]


@routes.get("", responses=documented(Forbidden, NotFound))
async def show_attendance(
    found: Annotated[VisibleEvent, allowed(RULES, "event.mark_attendance", visible_event)], pool: Reader
) -> AttendedOut:
    """Everybody who was marked as there."""
    return AttendedOut(came=await who_came(pool, found.event.id))


@routes.put("", responses=documented(Forbidden, NotFound, EventCancelled, actions.NotBegun))
async def mark_attendance(
    found: Annotated[VisibleEvent, allowed(RULES, "event.mark_attendance", visible_event)],
    attendance: AttendanceIn,
    actor: CurrentMember,
    session: Db,
) -> AttendanceOut:
    """Mark by hand who came, once the event has begun. Corrections keep what was said before."""
    assert actor.id
    return AttendanceOut(came=await actions.mark_attendance(session, found.event.id, attendance.came, actor.id))
