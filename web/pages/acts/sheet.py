"""What was done as a file: all of it, as its page shows it to the same reader."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import TypeAlias
from zoneinfo import ZoneInfo

from fastapi import Response

from kit.written_sheets import Cell
from web import languages
from web.clients.acts import Act
from web.draft import Draft
from web.pages.acts.asking import Wanted, every, programs_of
from web.pages.acts.places import Place
from web.refilling import Refill
from web.sheets import Rows
from web.visit import Visit
from web.words import word

MOST_ROWS = 10_000
COLUMNS = (
    "day",
    "time",
    "act",
    "thing",
    "detail",
    "actor",
    "office",
    "program",
    "person",
    "school",
    "cluster",
    "country",
)
ShowAgain: TypeAlias = Callable[[Visit, Place, Draft, int], Awaitable[Response]]


async def rows(visit: Visit, place: Place, wanted: Wanted, again: ShowAgain) -> Rows:
    """Raises Refill, with the page, where they are too many."""
    found = await every(visit, place.path, wanted, MOST_ROWS)
    if len(found) > MOST_ROWS:
        raise Refill(partial(again, visit, place), wanted.too_many, 422)
    programs = await programs_of(visit, found)
    zone = visit.zone or "UTC"
    headings = [word("act_column", name) for name in COLUMNS]
    return [headings, *(_row(act, zone, programs.get(act.client_id) if act.client_id else None) for act in found)]


def _row(act: Act, zone: str, program: str | None) -> list[Cell]:
    local = act.at.astimezone(ZoneInfo(zone))
    return [
        local.date(), f"{local:%H:%M}", word("act", act.kind), act.thing.name if act.thing else None,
        word(act.detail_table, act.detail) if act.detail_table and act.detail else None, _who(act, program),
        word("office", act.office) if act.office else None, program, act.person.name if act.person else None,
        act.school.name if act.school else None, act.cluster.name if act.cluster else None,
        languages.country_named(act.country) if act.country else None,
    ]  # fmt: skip


def _who(act: Act, program: str | None) -> Cell:
    if act.actor:
        return act.actor.name or word("act_column", "left")
    return None if program else word("act_column", "visitor" if act.is_of_visitor else "house")
