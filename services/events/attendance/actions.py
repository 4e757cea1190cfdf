from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.problems import Problem, field_invalid
from services.events.attendance.models import Attendance
from services.events.attendance.queries import live_attendance, placed_at, schools_in
from services.events.events.actions import uncancelled


class NotBegun(Problem):
    status, title = 409, "Nobody can have come yet: mark it once the event has begun"


async def mark_attendance(session: AsyncSession, event_id: UUID, came: set[UUID], by: UUID) -> int:
    """Say who came, all of them: who is missing in `came` did not. How many came. Raises EventCancelled, NotBegun."""
    event = await uncancelled(session, event_id)
    if event.starts_at > now():
        raise NotBegun
    known = await live_attendance(session, event.id)
    new = came - known.keys()
    schools = await schools_in(session, event.cluster_id, new)
    if strangers := new - schools.keys():
        raise field_invalid("came", "person_unknown", count=len(strangers))
    undone = [row for person_id, row in known.items() if person_id not in came]
    for row in undone:
        row.undone_at, row.undone_by = now(), by
    places = await placed_at(session, event.id)
    session.add_all(
        Attendance(event_id=event.id, person_id=p, school_id=schools[p], place_id=places.get(p), marked_by=by)
        for p in sorted(new)
    )
    if new or undone:
        told = {"event_id": event.id, "came": len(came), "corrected": len(undone)}
        record(session, "attendance.recorded", cluster_id=event.cluster_id, actor_id=by, **told)
    return len(came)
