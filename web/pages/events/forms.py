"""The form of an event, as the service wants to hear it, and an event as the form shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from web.clients.base import optional
from web.clients.events.events import Event
from web.draft import number, text_of, texts_of

SITE_FIELDS = ("id", "school_id", "name", "address", "capacity")
TERMS = ("zone", "starts_at", "ends_at", "link", "online_capacity", "reason")
FIELDS = {"online_room-link": "link", "online_room-capacity": "online_capacity", "online_room": "link"}
MOST_SITES = 20


def rows_of(form: FormData) -> list[dict[str, str]]:
    """The sites that were typed, without empty rows."""
    rows = []
    for n in range(MOST_SITES):
        row = {name: str(form.get(f"sites-{n}-{name}", "")).strip() for name in SITE_FIELDS}
        if row["name"] or row["address"] or row["capacity"]:
            rows.append(row)
    return rows


def values_of(form: FormData, *more: str) -> dict[str, Any]:
    """Everything typed, ready to be shown again."""
    values: dict[str, Any] = text_of(form, *TERMS, *more)
    return values | numbered(rows_of(form))


def numbered(rows: list[dict[str, str]]) -> dict[str, Any]:
    flat = {f"sites-{n}-{name}": value for n, row in enumerate(rows) for name, value in row.items()}
    return flat | {"rows": len(rows)}


def terms_of(form: FormData, event: Event | None = None) -> dict[str, Any]:
    """When and where, as the events service wants it; with moments of `event` where its clocks were left alone."""
    values = text_of(form, *TERMS)
    room = {"link": values["link"], "capacity": _seats(values["online_capacity"])}
    return {
        "zone": values["zone"],
        "starts_at": _moment(values, "starts_at", event),
        "ends_at": _moment(values, "ends_at", event),
        "sites": [
            {
                "id": optional(row["id"]),
                "school_id": optional(row["school_id"]),
                "name": row["name"],
                "address": row["address"],
                "capacity": _seats(row["capacity"]),
            }
            for row in rows_of(form)
        ],
        "online_room": room if values["link"] or values["online_capacity"] else None,
    }


def _seats(typed: str) -> int | str | None:
    """A number if it is one, nothing if nothing was typed; the service says what is wrong with another."""
    return number(typed, typed or None)


def values_from(event: Event) -> dict[str, Any]:
    """An event's terms as its form shows them: clocks of its own zone."""
    room = event.room
    rows = [
        {
            "id": str(site.id),
            "school_id": str(site.school_id or ""),
            "name": site.name,
            "address": site.address,
            "capacity": str(site.capacity or ""),
        }
        for site in event.sites
    ]
    return numbered(rows) | {
        "zone": event.zone,
        "starts_at": _clock(event.starts_at, event.zone),
        "ends_at": _clock(event.ends_at, event.zone),
        "link": (room.link or "") if room else "",
        "online_capacity": str(room.capacity or "") if room else "",
        "reason": "",
    }


def _clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def _moment(values: dict[str, str], name: str, event: Event | None) -> str:
    """A clock shows no seconds, and some times twice in autumn: one that was left alone means what it meant before."""
    if event and values["zone"] == event.zone and values[name] == _clock(known := getattr(event, name), event.zone):
        return str(known.isoformat())
    return values[name]


def without_sites(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.startswith("sites-")} | {"rows": 0}


@dataclass(frozen=True)
class Marks:
    """Who is ticked as there, who was ticked when the form was loaded, and the version that it was loaded from."""

    came: set[str]
    loaded: set[str]
    version: int

    def on_top_of(self, theirs: "Marks") -> "Marks":
        """What somebody else saved meanwhile, with what was ticked and unticked here."""
        came = (theirs.came | (self.came - self.loaded)) - (self.loaded - self.came)
        return Marks(came, theirs.came, theirs.version)


def marks_of(form: FormData) -> Marks:
    values = text_of(form, "loaded", "version")
    return Marks(set(texts_of(form, "came")), set(values["loaded"].split()), number(values["version"], 0))
