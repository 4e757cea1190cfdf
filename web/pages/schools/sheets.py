"""The directory of schools as a file: all that a search finds, with headings that are found when it is brought in."""

import asyncio
from functools import partial
from typing import Annotated, TypeAlias

from fastapi import Depends, Response

from kit.paths import Router
from kit.written_sheets import Cell, SheetKind
from web import languages
from web.clients.clusters.schools import SchoolItem, Schools
from web.pages.schools.finding import Wanted, found_page
from web.refilling import Refill
from web.sheets import Numbers, Rows, in_columns, numbers_of, registers_of, sheet_file
from web.visit import SignedIn, Visit
from web.words import word

routes = Router(prefix="/schools")
AT_A_TIME = 1_000  # then others have their turn
MOST_ROWS = 30_000  # of a larger house, a file would be minutes of work; nobody reads so many rows
# A row before it is known which registers have columns.
Found: TypeAlias = tuple[tuple[Cell, ...], Numbers, tuple[Cell, ...]]


@routes.get("/found.{suffix}")
async def found(visit: SignedIn, suffix: SheetKind, wanted: Annotated[Wanted, Depends()]) -> Response:
    return await sheet_file(visit, suffix, [wanted.q], "schools", partial(directory, visit, wanted))


async def directory(visit: Visit, wanted: Wanted) -> Rows:
    """Raises Refill, with the page of the search, where they are too many."""
    found: list[Found] = []
    async for schools in visit.ask(Schools).every(**wanted.narrowed):
        if len(found) + len(schools) > MOST_ROWS:
            raise Refill(partial(found_page, visit, wanted), wanted.too_many, 422)
        found += map(_found, schools)
    registers = registers_of(numbers for _, numbers, _ in found)
    headings = [
        *(word("schools_column", name) for name in ("name", "official_name")), *(scheme for scheme, _ in registers),
        word("sheet_column", "kind"), word("schools_column", "town"), word("sheet_column", "country"),
        *(word("schools_column", name) for name in ("year", "students", "teachers")),
        word("sheet_column", "in_cluster"),
    ]  # fmt: skip
    rows: Rows = [headings]
    for start in range(0, len(found), AT_A_TIME):
        some = found[start : start + AT_A_TIME]
        rows += [(*names, *in_columns(numbers, registers), *more) for names, numbers, more in some]
        await asyncio.sleep(0)
    return rows


def _found(school: SchoolItem) -> Found:
    more = (
        word("school_kind", school.kind) if school.kind else None, school.town, languages.country_named(school.country),
        school.year, school.students, school.teachers, word("sheet_column", "yes" if school.in_cluster else "no"),
    )  # fmt: skip
    return (school.name, school.official_name), numbers_of(school.official_ids), more
