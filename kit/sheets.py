"""Spreadsheets that people bring: CSV in any usual encoding and separator, or XLSX, as rows of plain texts.

A few bytes can ask for gigabytes of cells, so a file is read in a process of its own, with a limit of memory and time.
"""

import asyncio
import csv
import io
import json
import re
import resource
import sys
import zipfile
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from kit.shown_numbers import show_zeros

MOST_BYTES = 10_000_000
MOST_UNPACKED = 200_000_000
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 20_000, 200, 5_000
ENCODINGS = ["cp1250", "cp1252", "cp1253", "cp1256"]
SEPARATORS = ";,\t|"
SAMPLE_BYTES, SAMPLE_LINES, CHUNK = 60_000, 60, 1 << 20
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"%PDF")
MEMORY, SECONDS, READ_AT_ONCE = 1_500_000_000, 30, 2
ROOT = Path(__file__).parents[1]
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
FORMULAS = ("=", "+", "-", "@", "\t", "\r")

Rows = list[list[str]]


class SheetRefused(Exception):
    """Why this is no table that can be read: `code` is one of picture, packed, protected, broken, empty, rows."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


_turns: dict[asyncio.AbstractEventLoop, asyncio.Semaphore] = {}


async def read_apart(data: bytes, encoding: str | None = None) -> Rows:
    """The same as `read_sheet`, in a process of its own; what takes more than it may have is refused as packed."""
    turn = _turns.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(READ_AT_ONCE))
    async with turn:
        reader = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "kit.sheets", encoding or "", cwd=ROOT,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            said, _ = await asyncio.wait_for(reader.communicate(data), SECONDS * 2)
        except TimeoutError as error:
            raise SheetRefused("packed") from error
        finally:
            with suppress(ProcessLookupError):
                reader.kill()
    if reader.returncode:
        raise SheetRefused("packed")
    told: dict[str, Any] = await asyncio.to_thread(json.loads, said)
    if "refused" in told:
        raise SheetRefused(told["refused"])
    rows: Rows = told["rows"]
    return rows


def read_sheet(data: bytes, encoding: str | None = None) -> Rows:
    """All rows of the first sheet, each as long as the longest. `encoding` is of a CSV; found if it is None.

    Raises SheetRefused.
    """
    if data.startswith(PICTURES):
        raise SheetRefused("picture")
    rows = _of_workbook(data) if data.startswith(b"PK") else _of_text(data, encoding)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise SheetRefused("empty")
    width = min(max(map(len, rows)), MOST_COLUMNS)
    return [(row + [""] * (width - len(row)))[:width] for row in rows]


def _of_workbook(data: bytes) -> Rows:
    _unpack(data)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
        if sheet.total_height > MOST_ROWS:
            raise SheetRefused("rows")
        rows = [[_written(cell) for cell in row[:MOST_COLUMNS]] for row in sheet.to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise SheetRefused("protected" if "assword" in str(error) else "broken") from error
    # openpyxl is strict about parts that nobody asks for here: then numbers stay as they are stored.
    with suppress(Exception):
        show_zeros(data, sheet.name, rows)
    for (first, left), (last, right) in sheet.merged_cell_ranges or []:
        _spread(rows, first, left, last, right)
    return rows


def _unpack(data: bytes) -> None:
    """Reads what is packed, without keeping it: what a zip says of its own size may be a lie. Raises SheetRefused."""
    left = MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for name in packed.namelist():
                with packed.open(name) as member:
                    while chunk := member.read(CHUNK):
                        left -= len(chunk)
                        if left < 0:
                            raise SheetRefused("packed")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise SheetRefused("broken") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise SheetRefused("broken") from error
        raise


def _spread(rows: Rows, first: int, left: int, last: int, right: int) -> None:
    """A merged cell says the same in all of its rows, and stands in its first column alone."""
    if first < len(rows) and left < len(rows[first]):
        for row in rows[first + 1 : last + 1]:
            if left < len(row) and not row[left]:
                row[left] = rows[first][left]


def _written(cell: Any) -> str:
    """A cell as somebody would type it: whole numbers without a point, days as ISO 8601 has them."""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    text = " ".join(UNSEEN.sub(" ", str(cell)).split())[:LONGEST_CELL]
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULAS) else text  # as `written_sheets` made it


def _of_text(data: bytes, encoding: str | None) -> Rows:
    text = _decoded(data, encoding)
    if "\x00" in text[:SAMPLE_BYTES]:
        raise SheetRefused("broken")
    lines = text[:SAMPLE_BYTES].splitlines()[:SAMPLE_LINES]
    separator = max(SEPARATORS, key=lambda each: _columns(lines, each))
    rows: Rows = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([_written(cell) for cell in row[:MOST_COLUMNS]])
            if len(rows) > MOST_ROWS:
                raise SheetRefused("rows")
    except csv.Error as error:
        raise SheetRefused("broken") from error
    return rows


def _columns(lines: list[str], separator: str) -> int:
    """How many columns most lines have by this separator."""
    try:
        widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    except csv.Error:
        return 0
    return max(set(widths), key=lambda width: (widths.count(width) * (width > 1), width)) if widths else 0


def _decoded(data: bytes, encoding: str | None) -> str:
    """By its mark; as UTF-8 if it is; else as the language that it then looks like would have written it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data[: len(data) // 2 * 2].decode("utf-16", "replace")
    if encoding:
        try:
            return data.decode(encoding, "replace")
        except LookupError as error:
            raise SheetRefused("broken") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Only the process that reads a file carries its four megabytes.
        from charset_normalizer import from_bytes

        best = from_bytes(data[:SAMPLE_BYTES], cp_isolation=ENCODINGS).best()
        return data.decode(best.encoding if best else "cp1252", "replace")


def main() -> None:
    """Reads a file from the standard input, and writes its rows or why it is refused."""
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS)):
        # macOS takes no limit of memory; where the machine has set a lower one already, that one holds.
        with suppress(ValueError, OSError):
            resource.setrlimit(kind, (most, most))
    try:
        told: dict[str, Any] = {"rows": read_sheet(sys.stdin.buffer.read(), sys.argv[1] or None)}
    except SheetRefused as refused:
        told = {"refused": refused.code}
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
