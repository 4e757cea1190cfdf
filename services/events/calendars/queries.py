from dataclasses import dataclass
from uuid import UUID

import asyncpg

from kit.clock import now
from kit.db import Database
from services.events.events.queries import event_row, places_shown
from services.events.events.schemas import EventOut
from services.events.events.showing import mode_of
from services.events.registration.queries import SEES

SEATS = """
select registration.id, registration.event_id, registration.person_id,
  registration.withdrawn_at is not null as withdrawn,
  placement.place_id as placed, wait.place_id as waits_for, coalesce(wait.turn, 0) as turn,
  (select count(*) from wait other join registration theirs on theirs.id = other.registration_id
     where theirs.event_id = registration.event_id and other.until is null and other.place_id = wait.place_id
       and other.turn <= wait.turn) as position,
"""
OF_WHOM = """
from registration
join event on event.id = registration.event_id
left join placement on placement.registration_id = registration.id and placement.until is null
left join wait on wait.registration_id = registration.id and wait.until is null
where ($1::uuid is null or registration.event_id = $1)
  and ($2::uuid is null or registration.id = $2)
order by registration.id
"""
TOLD = f"{SEATS} {SEES} as sees {OF_WHOM}"


@dataclass(frozen=True)
class TellSeat:
    """A registration as it is told of; `sees` is False for somebody who left the cluster."""

    person_id: UUID
    withdrawn: bool
    sees: bool
    placed: UUID | None
    waits_for: UUID | None
    turn: int
    position: int


async def telling_of(
    database: Database, *, event_id: UUID | None, registration_id: UUID | None
) -> tuple[EventOut | None, list[TellSeat]]:
    """The event and the seats of all who were ever registered, in the order of asking; nothing when it is over."""
    pool = database.pool
    rows: list[asyncpg.Record] = await pool.fetch(TOLD, event_id, registration_id)
    if not rows:
        return None, []
    found = await event_row(pool, rows[0]["event_id"])
    if found["ends_at"] <= now():
        return None, []
    places = await places_shown(pool, found["id"])
    event = EventOut.model_validate(
        found
        | {
            "mode": mode_of(places),
            "places": [place | {"taken": 0, "waiting": 0} for place in places],
            "mine": None,
            "coming": [],
            "can": [],
        }
    )
    seats = [TellSeat(**{name: row[name] for name in TellSeat.__dataclass_fields__}) for row in rows]
    return event, seats
