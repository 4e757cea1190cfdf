"""Tables that readers take away: one way from rows to a file, as the spreadsheet of their language expects it."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from datetime import date
from typing import TypeAlias
from urllib.parse import quote
from zoneinfo import ZoneInfo

from fastapi import Response
from fastapi.responses import StreamingResponse

from kit.clock import now
from kit.written_sheets import Cell, Sheet, SheetKind, written_apart
from web import languages
from web.clients.clusters.schools import OfficialId
from web.visit import Visit
from web.words import word

Rows: TypeAlias = list[Sequence[Cell]]
Register: TypeAlias = tuple[str, int]
Numbers: TypeAlias = tuple[tuple[Register, str], ...]
# By their rules of writing numbers, Excel parts the columns of a CSV with a comma in these, and else with a semicolon.
WITH_COMMAS = ("en", "he")
TYPES = {
    SheetKind.csv: "text/csv; charset=utf-8",
    SheetKind.xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AT_ONCE = 2
CHUNK = 1 << 16
LONGEST_NAME = 120
UNFIT = frozenset('/\\:*?"<>|')

_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


async def sheet_file(
    visit: Visit,
    kind: SheetKind,
    names: Sequence[str],
    table: str,
    rows: Callable[[], Awaitable[Rows]],
    *,
    to_fill_in: bool = False,
) -> Response:
    """A file of these rows, the headings first, called by `names` and this day; `table` is a word for what it is.

    `to_fill_in` is for one in which somebody goes on writing. The rows are asked for once it is this file's turn, so
    that few of them are in memory.
    """
    told = languages.language.get()
    turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(AT_ONCE))
    async with turn:
        sheet = Sheet(
            title=word("sheet", table),
            rows=await rows(),
            separator="," if told in WITH_COMMAS else ";",
            right_to_left=languages.direction(told) == "rtl",
            to_fill_in=to_fill_in,
        )
        data = await written_apart(sheet, kind)
    today = now().astimezone(ZoneInfo(visit.zone or "UTC")).date()
    name = file_name([*names, word("sheet", table)], today, kind)
    return StreamingResponse(_parts(data), media_type=TYPES[kind], headers={"Content-Disposition": disposition(name)})


async def _parts(data: bytes) -> AsyncIterator[bytes]:
    """Some at a time: whatever packs an answer on its way does not hold the others up."""
    for start in range(0, len(data), CHUNK):
        yield data[start : start + CHUNK]
        await asyncio.sleep(0)


def file_name(names: Iterable[str], day: date, kind: SheetKind) -> str:
    """`Louny cluster, Schools, 2026-09-01.csv`, without what a disk or a header cannot take."""
    fit = ["".join(c if c.isprintable() and c not in UNFIT else " " for c in name).split() for name in names]
    said = ", ".join(" ".join(words) for words in fit if words)
    return f"{said[:LONGEST_NAME].strip(' .')}, {day.isoformat()}.{kind}"


def disposition(name: str) -> str:
    """As RFC 6266 has it: the name in ASCII, and as it is."""
    plain = "".join(letter if letter.isascii() else "-" for letter in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def numbers_of(official_ids: Iterable[OfficialId]) -> Numbers:
    """The numbers of a school, each with its register; the second one in the same register has a column of its own."""
    seen: Counter[str] = Counter()
    numbers = []
    for official_id in official_ids:
        seen[official_id.scheme] += 1
        numbers.append(((official_id.scheme, seen[official_id.scheme]), official_id.number))
    return tuple(numbers)


def registers_of(schools: Iterable[Numbers]) -> list[Register]:
    """Those in which schools have numbers, the one with the most first: a list that is brought in has one of them."""
    known = Counter(register for numbers in schools for register, _ in numbers)
    return sorted(known, key=lambda register: (-known[register], register))


def in_columns(numbers: Numbers, registers: Iterable[Register]) -> Iterable[Cell]:
    return map(dict(numbers).get, registers)
