"""The form of an event, as the service wants to hear it, and an event as the form shows it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from kit.client import Refused
from web.clients.base import errors_of
from web.clients.clusters.clusters import Cluster
from web.clients.events.events import Event
from web.draft import Draft, field_of, text_of
from web.pages.events import sites
from web.pages.events.sites import Row

TERMS = ("zone", "day", "from", "minutes", "ends_at", "link", "online_capacity", "past", "reason")
FIELDS = {"online_room-link": "link", "online_room-capacity": "online_capacity", "online_room": "link"}


def values_of(form: FormData, cluster: Cluster, *more: str) -> dict[str, Any]:
    """Everything typed, ready to be shown again; with another empty line when that was asked for."""
    empty = 2 if "add_site" in form else 1
    values: dict[str, Any] = text_of(form, *TERMS, *more)
    return values | with_rows(sites.rows(cluster.schools, sites.typed_in(form), empty))


def with_rows(rows: Sequence[Row]) -> dict[str, Any]:
    """The lines of sites, and what was typed in them by the names of their fields."""
    flat = {row.field + name: value for row in rows for name, value in row.typed.items()}
    return flat | {"rows": list(rows)}


def terms_of(values: dict[str, Any], event: Event | None = None) -> dict[str, Any]:
    """When and where, as the events service wants it; with the moment of `event` where its clock was left alone."""
    room = {"link": values["link"], "capacity": sites.seats(values["online_capacity"])}
    return {
        "zone": values["zone"],
        "starts_at": _start(values, event),
        "minutes": sites.seats(values["minutes"]),
        "ends_at": values["ends_at"] or None,
        "sites": [row.terms for row in values["rows"] if row.is_chosen],
        "online_room": room if values["link"] or values["online_capacity"] else None,
        "past": bool(values["past"]),
    }


def refused(values: dict[str, Any], refusal: Refused, *, text: str) -> Draft:
    """What was typed, with each error at the field that can mend it."""
    chosen = [row for row in values["rows"] if row.is_chosen]
    fields = FIELDS | {
        field_of(sites.GROUP, place, name): row.field + ("room" if row.school and name == "name" else name)
        for place, row in enumerate(chosen)
        for name in ("name", "address", "capacity")
    }
    codes = {error["code"] for error in errors_of(refusal).get("starts_at", [])}
    of_clock = (values["day"] and not values["from"]) or "time_skipped" in codes
    fields |= {"starts_at": "from" if of_clock else "day"}
    return Draft(values).refused(refusal, fields, text=text)


def values_from(event: Event, cluster: Cluster) -> dict[str, Any]:
    """An event's terms as its form shows them: clocks of its own zone, as long as it is."""
    room = event.room
    rows = sites.rows(cluster.schools, sites.typed_of(cluster.schools, event.sites))
    day, clock = _clock(event.starts_at, event.zone).split("T")
    values = dict.fromkeys(TERMS, "") | {"zone": event.zone, "day": day, "from": clock}
    if room:
        values |= {"link": room.link or "", "online_capacity": str(room.capacity or "")}
    return values | with_rows(rows)


def _clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M")


def _start(values: dict[str, Any], event: Event | None) -> str:
    """A clock shows no seconds, and some times twice in autumn: one that was left alone means what it meant before."""
    typed = f"{values['day']}T{values['from']}"
    if event and (values["zone"], typed) == (event.zone, _clock(event.starts_at, event.zone)):
        return str(event.starts_at.isoformat())
    return typed


def online_only(values: dict[str, Any], cluster: Cluster) -> dict[str, Any]:
    """The same without sites."""
    kept = {name: value for name, value in values.items() if not name.startswith(f"{sites.GROUP}-")}
    return kept | with_rows(sites.rows(cluster.schools, ()))
