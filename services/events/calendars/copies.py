"""What calendars were told: read, stamped and written down in sets, in one transaction with what is told of seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import asyncpg

from kit.clock import real_now
from kit.db import columns
from services.events.calendars.models import State

STAMPED = """
insert into calendar_copy (event_id, person_id, stamped_at, sequence, revision)
select asked.event_id, asked.person_id, $3, 0, 0 from unnest($1::uuid[], $2::uuid[]) asked(event_id, person_id)
order by asked.event_id, asked.person_id
on conflict (event_id, person_id) do update
  set stamped_at = greatest(excluded.stamped_at, calendar_copy.stamped_at + interval '1 second')
returning event_id, person_id, stamped_at, sequence, revision, state
"""
TOLD = """
update calendar_copy set sequence = told.sequence, revision = told.revision, state = told.state
from unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[], $5::text[])
  told(event_id, person_id, sequence, revision, state)
where calendar_copy.event_id = told.event_id and calendar_copy.person_id = told.person_id
"""


@dataclass
class Copy:
    """What somebody's calendar was last told about an event: each message outranks the one before (RFC 5546, 2.1.5).

    `stamped_at` is its DTSTAMP, in whole seconds; `revision` is the event's `sequence` that was told.
    """

    event_id: UUID
    person_id: UUID
    stamped_at: datetime
    sequence: int = 0
    revision: int = 0
    state: State | None = None

    def tell(self, state: State, revision: int) -> None:
        """Raise the sequence where time, place or status are others than were told (RFC 5546, 2.1.4)."""
        if self.state and (state, revision) != (self.state, self.revision):
            self.sequence += 1
        self.sequence = max(self.sequence, revision)
        self.state, self.revision = state, revision


async def stamped_copies(
    connection: asyncpg.Connection, asked: Sequence[tuple[UUID, UUID]]
) -> dict[tuple[UUID, UUID], Copy]:
    """The copies of these (event, person), each once; locked, with a stamp after every one that was told to them."""
    columns = [event_id for event_id, _ in asked], [person_id for _, person_id in asked]
    rows = await connection.fetch(STAMPED, *columns, this_second())
    copies = [Copy(**{**row, "state": State(row["state"]) if row["state"] else None}) for row in rows]
    return {(copy.event_id, copy.person_id): copy for copy in copies}


async def keep_copies(connection: asyncpg.Connection, copies: Sequence[Copy]) -> None:
    """Write down what these calendars are told."""
    rows = [(copy.event_id, copy.person_id, copy.sequence, copy.revision, copy.state) for copy in copies]
    await connection.execute(TOLD, *columns(rows))


def this_second() -> datetime:
    return real_now().replace(microsecond=0)
