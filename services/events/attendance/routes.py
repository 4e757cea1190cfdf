from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from kit.db import Db
from kit.policy import allowed
from kit.problems import Forbidden, NotFound, documented
from kit.routing import router
from services.events.attendance import actions
from services.events.events.queries import VisibleEvent, visible_event
from services.events.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/events/{event_id}/attendance", "attendance")


class AttendanceIn(BaseModel):
    """Everybody who came, registered or not; the list replaces what was marked before."""

    came: Annotated[set[UUID], Field(max_length=2_000)]


class AttendanceOut(BaseModel):
    came: int


@routes.put("", responses=documented(Forbidden, NotFound, actions.NotBegun))
async def mark_attendance(
    found: Annotated[VisibleEvent, allowed(RULES, "event.mark_attendance", visible_event)],
    attendance: AttendanceIn,
    actor: CurrentMember,
    session: Db,
) -> AttendanceOut:
    """Mark by hand who came, once the event has begun. Corrections keep what was said before."""
    assert actor.id
    return AttendanceOut(came=await actions.mark_attendance(session, found.event, attendance.came, actor.id))
