from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from kit.problems import field_invalid
from services.events.attendance.models import Attendance
from services.events.attendance.queries import attendance_version, known_at, live_attendance, placed_at
from services.events.events.models import Event
from services.events.facts import AttendanceRecorded

NOBODY = UUID(int=0)


def nobody_came(event: Event, by: UUID) -> Attendance:
    """The mark of a meeting to which nobody came: it stands for no person, and is taken back from the beginning."""
    return Attendance(event_id=event.id, person_id=NOBODY, marked_by=by, undone_at=now(), undone_by=by)


async def mark_attendance(db: AsyncSession, event: Event, came: set[UUID], by: UUID) -> None:
    """Say who came (the event is locked), all of them: who is missing in `came` did not."""
    known = await live_attendance(db, event.id)
    new = came - known.keys()
    schools = await known_at(db, event, new)
    if strangers := new - schools.keys():
        raise field_invalid("came", "person_unknown", count=len(strangers))
    undone = [row for person_id, row in known.items() if person_id not in came]
    for row in undone:
        row.undone_at, row.undone_by = now(), by
    places = await placed_at(db, event.id)
    db.add_all(
        Attendance(event_id=event.id, person_id=p, school_id=schools[p], place_id=places.get(p), marked_by=by)
        for p in sorted(new)
    )
    is_first_empty = not came and not await attendance_version(db, event.id)
    if is_first_empty:
        db.add(nobody_came(event, by))
    if new or undone or is_first_empty:
        fact = AttendanceRecorded(event_id=event.id, came=len(came), corrected=len(undone))
        record(db, fact, cluster_id=event.cluster_id, actor_id=by)
