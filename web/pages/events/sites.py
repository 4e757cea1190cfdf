"""The places of an event in its form: schools of the cluster to be ticked, and lines for places elsewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import FormData

from web.clients.base import optional
from web.clients.clusters.clusters import MemberSchool
from web.clients.events.events import Place
from web.draft import field_of, lines_of, number

GROUP = "sites"
TYPED = ("id", "school_id", "here", "room", "name", "address", "capacity")
FILLED = ("name", "address", "capacity")
BETWEEN = ", "


@dataclass(frozen=True)
class Row:
    """One site in the form: of a school of the cluster, or (without one) elsewhere.

    `key` names its fields: the id of the school, or a number.
    """

    key: str
    school: MemberSchool | None
    typed: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.typed.get(name, "")

    @property
    def field(self) -> str:
        """What the names of its fields begin with."""
        return field_of(GROUP, self.key)

    @property
    def is_chosen(self) -> bool:
        return bool(self["here"]) if self.school else any(self[name] for name in FILLED)

    @property
    def name(self) -> str:
        if self.school is None:
            return self["name"]
        return BETWEEN.join(part for part in (self.school.name, self["room"]) if part)

    @property
    def terms(self) -> dict[str, Any]:
        """As the events service wants it."""
        return {
            "id": optional(self["id"]),
            "school_id": str(self.school.school_id) if self.school else optional(self["school_id"]),
            "name": self.name,
            "address": self.school.where if self.school else self["address"],
            "capacity": seats(self["capacity"]),
        }


def rows(schools: Sequence[MemberSchool], typed: Iterable[Mapping[str, str]], empty: int = 1) -> list[Row]:
    """The lines elsewhere, at least so many empty ones after those that are filled, then a line for each school."""
    typed = list(typed)
    filled = [line for line in typed if "room" not in line and any(line.get(name) for name in FILLED)]
    elsewhere: list[Mapping[str, str]] = filled + [{}] * empty
    of_school = {line.get("school_id", ""): line for line in typed if "room" in line}
    lines = [Row(str(n), None, line) for n, line in enumerate(elsewhere)]
    keys = [(str(school.school_id), school) for school in schools]
    return lines + [Row(key, school, of_school.get(key, {})) for key, school in keys]


def typed_in(form: FormData) -> Iterable[dict[str, str]]:
    """The lines that were sent; those of schools have a field for the room."""
    return lines_of(form, GROUP, TYPED).values()


def typed_of(schools: Sequence[MemberSchool], sites: Sequence[Place]) -> Iterator[dict[str, str]]:
    """The sites of an event as lines of its form: one of each school has its line, all others are elsewhere."""
    free = {school.school_id: school for school in schools}
    for site in sites:
        line = {"id": str(site.id), "school_id": str(site.school_id or ""), "capacity": str(site.capacity or "")}
        school = free.get(site.school_id) if site.school_id else None
        room = room_in(site, school) if school else None
        if school and room is not None:
            del free[school.school_id]
            yield line | {"here": "on", "room": room}
        else:
            yield line | {"name": site.name, "address": site.address}


def room_in(site: Place, school: MemberSchool) -> str | None:
    """The room of a site that is named and found as this school is; None for one that is not."""
    if site.address != school.where:
        return None
    if site.name == school.name:
        return ""
    beginning = school.name + BETWEEN
    return site.name.removeprefix(beginning) if site.name.startswith(beginning) else None


def seats(typed: str) -> int | str | None:
    """A number if it is one, nothing if nothing was typed; the service says what is wrong with another."""
    return number(typed, typed or None)
