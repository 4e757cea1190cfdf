"""Spreadsheets are read as people bring them, and what is none is refused at once."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from kit.sheets import MOST_ROWS, SheetRefused, read_apart, read_sheet

CZECH = 'RED_IZO;NAZEV;MISTO\n600082733;ZŠ Komenského Louny;Louny\n600082725;"ZŠ; Lenešice";Lenešice\n'
READ = [
    ["RED_IZO", "NAZEV", "MISTO"],
    ["600082733", "ZŠ Komenského Louny", "Louny"],
    ["600082725", "ZŠ; Lenešice", "Lenešice"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1250"])
def test_czech_in_any_encoding(encoding):
    assert read_sheet(CZECH.encode(encoding)) == READ


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Κωδικός,Όνομα,Πόλη\n1,Δημοτικό σχολείο Αθηνών,Αθήνα\n2,Γυμνάσιο Πατρών,Πάτρα\n", "cp1253"),
        ("Nom,Ville\nÉcole élémentaire française,Orléans\nCollège à côté,Besançon\n", "cp1252"),
    ],
)
def test_other_languages_in_their_encodings(text, encoding):
    assert read_sheet(text.encode(encoding)) == [line.split(",") for line in text.splitlines()]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_separator_and_end_of_line(separator, end):
    text = end.join(separator.join(row) for row in [["a", "b", "c"], ["1", "2", "3"]])
    assert read_sheet(text.encode()) == [["a", "b", "c"], ["1", "2", "3"]]


def test_an_encoding_that_is_named_is_taken():
    assert read_sheet("škola;město\n".encode("cp1250"), "cp1252") != read_sheet(
        "škola;město\n".encode("cp1250"), "cp1250"
    )


def a_workbook(fill):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    fill(book, book.add_worksheet())
    book.close()
    return out.getvalue()


def test_a_workbook_with_titles_merged_cells_days_and_zeros_in_front():
    def fill(book, sheet):
        sheet.write_row(0, 0, ["Schools of the region"])
        sheet.write_row(2, 0, ["Number", "Name", "Town", "Since"])
        sheet.write_row(3, 0, ["040003", "Iskola", "", ""])
        sheet.write_number(4, 0, 600082733)
        sheet.write(4, 1, "Škola")
        sheet.merge_range(3, 2, 4, 2, "Algyő")
        sheet.write_datetime(4, 3, date(2026, 9, 1), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_number(5, 0, 33.5)

    rows = read_sheet(a_workbook(fill))
    assert rows[2] == ["Number", "Name", "Town", "Since"]
    assert rows[3][:3] == ["040003", "Iskola", "Algyő"]
    assert rows[4] == ["600082733", "Škola", "Algyő", "2026-09-01"]
    assert rows[5][0] == "33.5"


FILLS = {"00000": "01234", r"000\ 00": "012 34", "00-000": "01-234", "[$-405]00000": "01234", '"D-"000': "D-1234"}
SHOWN = FILLS | dict.fromkeys(["0000;-0000", "General", "#,##0", "0.00", "00.00", "@"], "1234")


def test_zeros_that_a_cell_shows_by_its_format_are_kept():
    def fill(book, sheet):
        for place, number_format in enumerate(SHOWN):
            sheet.write_number(1, place, 1234, book.add_format({"num_format": number_format}))
        zeros = book.add_format({"num_format": "00000"})
        sheet.write_row(3, 0, [0, 110, 1234567, 3.5, -7, "007", "Louny"], zeros)
        sheet.write_formula(3, 7, "=40+2", zeros, 42)
        sheet.merge_range(4, 0, 5, 0, 9, zeros)
        sheet.write(5, 1, "Postoloprty")

    rows = read_sheet(a_workbook(fill))
    assert rows[1] == list(SHOWN.values())
    assert rows[3][:8] == ["00000", "00110", "1234567", "3.5", "-7", "007", "Louny", "00042"]
    assert [rows[4][0], rows[5][0]] == ["00009", "00009"]


def test_a_workbook_that_only_one_reader_takes_keeps_its_numbers():
    def fill(book, sheet):
        sheet.write_number(0, 0, 1234, book.add_format({"num_format": "00000"}))

    whole, out = a_workbook(fill), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'patternType="none"', b'patternType="unheard"'))
    assert read_sheet(out.getvalue()) == [["1234"]]


def packed(name, content):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"0" * 50, "picture"),
        (b"\xff\xd8\xff\xe0" + b"0" * 50, "picture"),
        (b"%PDF-1.7", "picture"),
        (b"PK\x03\x04" + b"0" * 50, "broken"),
        (packed("a.txt", b"no workbook"), "broken"),
        (packed("xl/worksheets/sheet1.xml", b"0" * 201_000_000), "packed"),
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"a;b\x00;c\n", "broken"),
        (b"a;b\n" * (MOST_ROWS + 1), "rows"),
    ],
    ids=["png", "jpeg", "pdf", "half a zip", "a zip", "a bomb", "nothing", "blank", "nul", "too many rows"],
)
def test_what_is_no_table_is_refused(data, code):
    with pytest.raises(SheetRefused) as refused:
        read_sheet(data)
    assert refused.value.code == code


def test_a_workbook_with_too_many_rows_is_refused():
    with pytest.raises(SheetRefused, match="rows"):
        read_sheet(a_workbook(lambda _, sheet: sheet.write(MOST_ROWS + 1, 0, "x")))


def with_two_cells(last):
    """A workbook of some hundred bytes, of which a reader makes as many cells as lie between its two."""
    whole = a_workbook(lambda _, sheet: (sheet.write(0, 0, 1), sheet.write(1, 1, 2)))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(b'"B2"', f'"{last}"'.encode()))
    return out.getvalue()


async def test_what_asks_for_too_much_memory_is_refused_and_ends_alone():
    with pytest.raises(SheetRefused, match=r"packed|rows"):
        await read_apart(with_two_cells("XFD1048576"))
    assert await read_apart(CZECH.encode("cp1250")) == READ


async def test_a_file_is_read_apart_as_it_is_read_here():
    assert await read_apart(CZECH.encode("cp1250"), "cp1250") == read_sheet(CZECH.encode("cp1250"), "cp1250")
    with pytest.raises(SheetRefused, match="picture"):
        await read_apart(b"\x89PNG")
