from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from kit.db import Db, Reader
from kit.policy import allowed
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, matched, router
from services.events.attendance import actions
from services.events.attendance.queries import attendance_version, who_came
from services.events.events.actions import open_event
from services.events.events.queries import VisibleEvent, visible_event
from services.events.policy import RULES
from services.roster.standing import CurrentMember

routes = router("/v1/events/{event_id}/attendance", "attendance")


class AttendanceIn(BaseModel):
    """Everybody who came, registered or not; the list replaces the version that you read."""

    came: Annotated[set[UUID], Field(max_length=10_000)]


class MarkedOut(BaseModel):
    """How many came, and the version of this for the next correction."""

    came: int
    version: int


class AttendedOut(BaseModel):
    person_id: UUID
    name: str
    school: str


class AttendanceOut(BaseModel):
    """Everybody who came, as it is marked; `version` 0 means that nobody has marked anything yet."""

    came: list[AttendedOut]
    version: int


@routes.get("", responses=documented(Forbidden, NotFound))
async def show_attendance(
    found: Annotated[VisibleEvent, allowed(RULES, "event.mark_attendance", visible_event)],
    pool: Reader,
    actor: CurrentMember,
) -> AttendanceOut:
    """Everybody who was marked as there, by school and name, as my language sorts them."""
    return AttendanceOut.model_validate(await who_came(pool, found.event.id, actor.language))


@routes.put(
    "",
    responses=documented(Forbidden, NotFound, Changed, PreconditionRequired),
)
async def mark_attendance(
    found: Annotated[VisibleEvent, allowed(RULES, "event.mark_attendance", visible_event)],
    attendance: AttendanceIn,
    actor: CurrentMember,
    db: Db,
    if_match: IfMatch = None,
) -> MarkedOut:
    """Mark by hand who came, once the event has begun. Corrections keep what was said before.

    `If-Match` names the version that you read: another coordinator may mark at the same time.
    """
    assert actor.id
    event = await open_event(db, found.event.id, "event.mark_attendance")
    matched(await attendance_version(db, event.id), if_match)
    await actions.mark_attendance(db, event, attendance.came, actor.id)
    return MarkedOut(came=len(attendance.came), version=await attendance_version(db, event.id))
