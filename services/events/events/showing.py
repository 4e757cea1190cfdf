"""One composite answer for the page of an event."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import asyncpg

from kit.clock import now
from kit.policy import can
from services.events.events.queries import VisibleEvent, attended, coming, places_shown, shown
from services.events.events.schemas import ComingOut, EventOut, MineOut, PlaceOut
from services.events.policy import RULES
from services.roster.standing import Member

ONLY_BEFORE_THE_END = {"register", "change"}


async def event_out(pool: asyncpg.Pool, found: VisibleEvent, actor: Member) -> EventOut:
    """The event with its places and what is left of them, who comes, my own registration, and what I may do."""
    event_id = found.event.id
    event = await shown(pool, event_id)
    rows, places = await coming(pool, event_id), await places_shown(pool, event_id)
    mine = my_registration(rows, actor.id)
    verbs = can(RULES, actor, "event", found)
    if event["cancelled_at"] or event["ends_at"] <= now():
        verbs = [verb for verb in verbs if verb not in ONLY_BEFORE_THE_END]
    sees_link = "change" in verbs
    return EventOut.model_validate(
        event
        | {
            "mode": mode_of(places),
            "places": [_place(place, rows, mine, sees_link) for place in places],
            "mine": mine,
            "coming": _by_school(rows),
            "attended": await attended(pool, event_id),
            "can": verbs,
        }
    )


def mode_of(places: Sequence[dict[str, Any]]) -> str:
    """`on_site`, `online` or `hybrid`: what the places say."""
    online = any(place["online"] for place in places)
    return "on_site" if not online else "online" if len(places) == 1 else "hybrid"


def my_registration(rows: Sequence[asyncpg.Record], person_id: UUID | None) -> MineOut | None:
    mine = next((row for row in rows if row["person_id"] == person_id), None)
    if mine is None:
        return None
    earlier = sum(
        row["waits_for"] == mine["waits_for"] and row["turn"] < mine["turn"] for row in rows if row["turn"]
    )
    return MineOut(
        registration_id=mine["registration_id"],
        placed=mine["placed"],
        waits_for=mine["waits_for"],
        position=1 + earlier if mine["waits_for"] else None,
    )


def _place(
    place: dict[str, Any], rows: Sequence[asyncpg.Record], mine: MineOut | None, sees_link: bool
) -> PlaceOut:
    here = mine is not None and mine.placed == place["id"]
    return PlaceOut.model_validate(
        place
        | {
            "taken": sum(row["placed"] == place["id"] for row in rows),
            "waiting": sum(row["waits_for"] == place["id"] for row in rows),
            "link": place["link"] if here or sees_link else None,
        }
    )


def _by_school(rows: Sequence[asyncpg.Record]) -> list[ComingOut]:
    return [
        ComingOut.model_construct(
            school_id=school_id,
            school=school,
            people=[
                {
                    "person_id": row["person_id"],
                    "name": row["name"],
                    "placed": row["placed"],
                    "waits_for": row["waits_for"],
                }
                for row in group
            ],
        )
        for (school, school_id), group in groupby(rows, key=lambda row: (row["school"], row["school_id"]))
    ]
