"""Spreadsheets that people take away: CSV or XLSX from rows of plain values.

Thirty thousand rows are seconds of work, so a file is made in a process of its own.
"""

import asyncio
import csv
import io
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias

import orjson

from kit.sheets import FORMULAS

SECONDS = 60
NARROWEST, WIDEST = 8, 60
ROOT = Path(__file__).parents[1]
DAY = "day"

Cell: TypeAlias = str | int | float | date | None


class SheetKind(StrEnum):
    csv = "csv"
    xlsx = "xlsx"


class SheetNotMade(Exception):
    """Its process ended, or took too long."""


@dataclass(frozen=True)
class Sheet:
    """The first of its `rows` are the headings; `separator` is that of a CSV, `title` the name of a sheet in XLSX.

    Where somebody goes on writing in it (`to_fill_in`), a cell keeps what is written, with the zeros in front.
    """

    title: str
    rows: Sequence[Sequence[Cell]]
    separator: str = ","
    right_to_left: bool = False
    to_fill_in: bool = False


async def written_apart(sheet: Sheet, kind: SheetKind) -> bytes:
    """The same as `written`, in a process of its own. Raises SheetNotMade."""
    said = orjson.dumps(vars(sheet), default=_marked, option=orjson.OPT_PASSTHROUGH_DATETIME)
    writer = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "kit.written_sheets", kind, cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        made, _ = await asyncio.wait_for(writer.communicate(said), SECONDS)
    except TimeoutError as error:
        raise SheetNotMade from error
    finally:
        with suppress(ProcessLookupError):
            writer.kill()
    if writer.returncode:
        raise SheetNotMade
    return made


def _marked(cell: Any) -> dict[str, str]:
    """A day as JSON has it, told from a text."""
    return {DAY: cell.isoformat()}


def _unmarked(cell: Any) -> Any:
    return date.fromisoformat(cell[DAY]) if DAY in cell else cell


def written(sheet: Sheet, kind: SheetKind) -> bytes:
    return _written_csv(sheet) if kind is SheetKind.csv else _written_xlsx(sheet)


def _written_csv(sheet: Sheet) -> bytes:
    """It opens everywhere: with a mark of UTF-8, and no cell that a spreadsheet would reckon with."""
    out = io.StringIO()
    csv.writer(out, delimiter=sheet.separator).writerows([_harmless(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode("utf-8-sig")


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULAS) else cell


def _written_xlsx(sheet: Sheet) -> bytes:
    """Numbers and days are such; a text is a text, whatever it begins with."""
    import xlsxwriter  # in the process of its own alone: it takes ten megabytes of memory

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet.title)
        if sheet.right_to_left:
            page.right_to_left()
        page.freeze_panes(1, 0)
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        as_written = book.add_format({"num_format": "@"}) if sheet.to_fill_in else None
        for place, width in enumerate(_widths(sheet.rows)):
            page.set_column(place, place, width, as_written)
        for line, row in enumerate(sheet.rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    page.write_string(line, place, cell, as_written if line else bold)
                elif isinstance(cell, date):
                    page.write_datetime(line, place, cell, day)
                elif cell is not None:
                    page.write_number(line, place, cell)
    return out.getvalue()


def _widths(rows: Iterable[Sequence[Cell]]) -> list[int]:
    """As many letters as the longest cell of a column has, within reason."""
    widths: list[int] = []
    for row in rows:
        widths += [NARROWEST] * (len(row) - len(widths))
        for place, cell in enumerate(row):
            widths[place] = max(widths[place], min(len(str(cell)) + 2, WIDEST))
    return widths


def main() -> None:
    """Reads a sheet from the standard input, and writes its file."""
    sheet = Sheet(**json.load(sys.stdin.buffer, object_hook=_unmarked))
    sys.stdout.buffer.write(written(sheet, SheetKind(sys.argv[1])))


if __name__ == "__main__":
    main()
