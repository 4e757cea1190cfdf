"""What is written is read back by programs that nobody here wrote, and reckons nothing."""

import asyncio
import csv
import io
import time
import zipfile
from datetime import date
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from kit.sheets import read_sheet
from kit.written_sheets import Sheet, SheetKind, SheetNotMade, written, written_apart

HARMFUL = ["=1+1", "+420", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("https://x.example")']
NAMESPACE = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LONGEST_PAUSE = 0.1  # seconds


def a_sheet(*rows, **more):
    return Sheet("Školy", [["Name", "Number", "Day"], *rows], **more)


def rows_of_csv(data, separator=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def rows_of_xlsx(data):
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        sheet = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
        return sheet, packed.namelist()


def test_a_csv_says_that_it_is_utf_8_and_is_parted_as_asked():
    data = written(a_sheet(["ZŠ; Louny, 2", 7, None], separator=";"), SheetKind.csv)
    assert data.startswith(b"\xef\xbb\xbf")
    assert rows_of_csv(data, ";") == [["Name", "Number", "Day"], ["ZŠ; Louny, 2", "7", ""]]


@pytest.mark.parametrize("text", HARMFUL)
def test_a_text_like_a_formula_is_a_text(text):
    (_, (cell, number, _)) = rows_of_csv(written(a_sheet([text, -2, None]), SheetKind.csv))
    assert (cell, number) == (f"'{text}", "-2")
    data = written(a_sheet([text, -2, None]), SheetKind.xlsx)
    sheet, names = parts_of(data)
    assert not list(sheet.iter(f"{NAMESPACE}f"))
    assert not list(sheet.iter(f"{NAMESPACE}hyperlink"))
    assert not [name for name in names if "rels" in name and "sheet" in name]
    assert rows_of_xlsx(data)[1][:2] == [text, -2.0]


@pytest.mark.parametrize("text", [text for text in HARMFUL if text.strip() == text])
def test_our_own_reader_gives_back_what_was_made_harmless(text):
    for kind in SheetKind:
        assert read_sheet(written(a_sheet([text, 1, None]), kind))[1][0] == text


def test_a_workbook_has_numbers_days_and_zeros_in_front():
    data = written(a_sheet(["007", 1_200, date(2026, 9, 1)], ["https://zs.example", 2.5, None]), SheetKind.xlsx)
    assert rows_of_xlsx(data)[1:] == [["007", 1200.0, date(2026, 9, 1)], ["https://zs.example", 2.5, ""]]
    sheet, _ = parts_of(data)
    assert not list(sheet.iter(f"{NAMESPACE}hyperlink"))


def test_a_workbook_keeps_its_headings_in_sight_and_its_columns_wide_enough():
    sheet, _ = parts_of(written(a_sheet(["Základní škola Komenského", 1, None], ["x" * 500, 1, None]), SheetKind.xlsx))
    pane = next(sheet.iter(f"{NAMESPACE}pane"))
    assert (pane.get("ySplit"), pane.get("state")) == ("1", "frozen")
    widths = [float(column.get("width")) for column in sheet.iter(f"{NAMESPACE}col")]
    assert 50 < widths[0] < 70
    assert 8 < widths[1] < 12


@pytest.mark.parametrize("turned", [True, False])
def test_a_workbook_reads_from_the_right_where_its_readers_do(turned):
    sheet, _ = parts_of(written(a_sheet(right_to_left=turned), SheetKind.xlsx))
    assert (next(sheet.iter(f"{NAMESPACE}sheetView")).get("rightToLeft") == "1") is turned


@pytest.mark.parametrize("kind", SheetKind)
async def test_a_file_is_made_apart_as_it_is_made_here(kind):
    sheet = a_sheet(["=1", 7, date(2026, 9, 1)], ["ضفة", None, None], separator=";", right_to_left=True)
    rows_of = {SheetKind.csv: lambda data: rows_of_csv(data, ";"), SheetKind.xlsx: rows_of_xlsx}[kind]
    assert rows_of(await written_apart(sheet, kind)) == rows_of(written(sheet, kind))


async def test_what_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr("kit.written_sheets.SECONDS", 0.001)
    with pytest.raises(SheetNotMade):
        await written_apart(a_sheet(), SheetKind.csv)


async def test_a_file_that_cannot_be_made_is_no_file():
    with pytest.raises(SheetNotMade):
        await written_apart(Sheet("not [a] name", [["x"]]), SheetKind.xlsx)


async def test_others_are_served_while_thirty_thousand_rows_are_made():
    school = ["Základní škola, příspěvková organizace", "600082733", "Louny", 2026, 300, 20]
    sheet, pauses, done = Sheet("Schools", [[*school, n] for n in range(30_000)]), [], False

    async def look_at_the_clock():
        while not done:
            before = time.perf_counter()
            await asyncio.sleep(0.001)
            pauses.append(time.perf_counter() - before)

    looking = asyncio.create_task(look_at_the_clock())
    await asyncio.sleep(0.01)
    assert await written_apart(sheet, SheetKind.xlsx)
    done = True
    await looking
    assert sorted(pauses)[-2] < LONGEST_PAUSE, max(pauses)
