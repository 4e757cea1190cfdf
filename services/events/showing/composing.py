"""One composite answer for the page of an event."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from kit.collation import sort_key
from kit.policy import can
from services.events.policy import RULES
from services.events.showing.queries import ShownEvent
from services.events.showing.schemas import AtPlaceOut, EventOut, FromSchoolOut
from services.roster.standing import Member


def event_out(found: ShownEvent, actor: Member) -> EventOut:
    """The event with its places and what is left of them, who comes, my own registration, and what I may do."""
    event = found.shown
    rows, places = event["seated"], event["places"]
    verbs = can(RULES, actor, "event", found)
    my_place = event["mine"] and event["mine"]["placed"]
    return EventOut.model_validate(
        event
        | {
            "mode": mode_of(places),
            "places": [_place(place, rows, "change" in verbs or place["id"] == my_place) for place in places],
            "coming": sum(row["people"] for row in rows if row["placed"]),
            "waiting": sum(row["people"] for row in rows if not row["placed"]),
            "schools": sorted(_by_school(rows), key=lambda school: sort_key(school.school, actor.language)),
            "can": verbs,
        }
    )


def mode_of(places: Sequence[dict[str, Any]]) -> str:
    """`on_site`, `online` or `hybrid`: what the places say."""
    online = any(place["online"] for place in places)
    return "on_site" if not online else "online" if len(places) == 1 else "hybrid"


def _place(place: dict[str, Any], rows: Sequence[dict[str, Any]], sees_link: bool) -> dict[str, Any]:
    return place | {
        "taken": sum(row["people"] for row in rows if row["placed"] == place["id"]),
        "waiting": sum(row["people"] for row in rows if row["waits_for"] == place["id"]),
        "link": place["link"] if sees_link else None,
    }


def _by_school(rows: Sequence[dict[str, Any]]) -> list[FromSchoolOut]:
    schools = []
    for (school, school_id), group in groupby(rows, key=lambda row: (row["school"], row["school_id"])):
        at: dict[Any, int] = {}
        for row in group:
            at[row["placed"]] = at.get(row["placed"], 0) + row["people"]
        waiting = at.pop(None, 0)
        where = [AtPlaceOut(place_id=place_id, people=people) for place_id, people in at.items()]
        schools.append(
            FromSchoolOut(school_id=school_id, school=school, coming=sum(at.values()), waiting=waiting, at=where)
        )
    return schools
