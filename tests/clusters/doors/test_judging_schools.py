"""What the columns of a list are, and what becomes of each of its rows: no database is asked."""

import pytest

from services.clusters.doors.lists.columns import guessed, heading_row, known_as, scheme_of
from services.clusters.doors.lists.headings import SCHOOL_HEADINGS
from services.clusters.doors.lists.judging import place_of, rows_below
from services.clusters.doors.lists.models import Outcome
from services.clusters.doors.school_lists.judging import Known, There, judge, read

KNOWN = known_as(SCHOOL_HEADINGS)

HEADING = "RED_IZO;REDNAZEV;ZKR_NAZ;RED_MISTO;RED_ULICE;RED_PSC;WWW;POCET_Z;UC_PREP"


def test_columns_are_found_by_what_registers_call_them():
    czech = HEADING.split(";")
    assert guessed(czech, KNOWN) == [
        "number", "official_name", "name", "town", "street", "postcode", "website", "students", None,
    ]  # fmt: skip
    assert scheme_of(czech, guessed(czech, KNOWN)) == "RED-IZO"
    hungarian = ["OM azonosító", "Intézmény megnevezése", "A feladatellátási hely települése"]
    assert (guessed(hungarian, KNOWN), scheme_of(hungarian, guessed(hungarian, KNOWN))) == (
        ["number", "name", "town"],
        "OM",
    )
    italian = [
        "CODICESCUOLA",
        "DENOMINAZIONESCUOLA",
        "INDIRIZZOSCUOLA",
        "CAPSCUOLA",
        "DESCRIZIONECOMUNE",
        "SITOWEBSCUOLA",
    ]
    assert guessed(italian, KNOWN) == ["number", "name", "street", "postcode", "town", "website"]
    portuguese = ["CÓDIGO DGEEC ESCOLA", "ESCOLA", "MUNICÍPIO", "NÚMERO DE ALUNOS MATRICULADOS"]
    assert guessed(portuguese, KNOWN) == ["number", "name", "town", "students"]


def test_the_row_of_headings_is_the_one_with_most_of_them():
    rows = [["List of schools", "", ""], ["", "", ""], ["Number", "Name", "Town"], ["1", "School", "Praha"]]
    assert heading_row(rows, KNOWN) == 2
    assert heading_row([["x", "y"], ["1", "2"]], KNOWN) == 0


COLUMNS = ["number", "name", "town", "students", "teachers", "website", "latitude", "longitude", "year"]


def judged(*rows, there=None):
    table = [COLUMNS, *([*row, *[""] * (len(COLUMNS) - len(row))] for row in rows)]
    return judge(rows_below(table, 0), COLUMNS, there or There(2026))


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        (["1", "", "Praha"], 1, "missing"),
        (["1", "School", ""], 2, "missing"),
        (["1", "School", "Praha", "asi 200"], 3, "number"),
        (["1", "School", "Praha", "", "-4"], 4, "number"),
        (["1", "School", "Praha", "", "", "http:/zs-x"], 5, "website"),
        (["1", "School", "Praha", "", "", "", "north"], 6, "place"),
        (["1", "School", "Sydney", "", "", "", "151,2", "-33,9"], 6, "place"),
        (["1", "School", "Praha", "", "", "", "50.1", "180.5"], 7, "place"),
        (["1", "School", "Praha", "", "", "", "50.1"], 6, "place_half"),
        (["1", "School", "Praha", "", "", "", "-", "0"], 7, "place_half"),
        (["1", "School", "Praha", "", "", "", "", "", "26/27"], 8, "year"),
        (["1" * 41, "School", "Praha"], 0, "too_long"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_column(row, column, code):
    (one,) = judged(row)
    assert (one.number, one.outcome) == (2, Outcome.wrong)
    assert [(wrong.column, wrong.code) for wrong in one.wrong] == [(column, code)]


def test_the_same_number_or_name_twice_in_a_list_is_wrong_the_second_time():
    outcomes = [one.outcome for one in judged(["007", "A", "X"], ["7", "B", "X"], ["", "C", "X"], ["", "c", "x"])]
    assert outcomes == [Outcome.new, Outcome.wrong, Outcome.new, Outcome.wrong]


def test_a_row_that_stays_out_takes_no_number_and_no_name_from_the_next():
    outcomes = [
        one.outcome for one in judged(["7", "A", "X", "asi 200"], ["7", "A", "X"], ["", "B", ""], ["", "B", "X"])
    ]
    assert outcomes == [Outcome.wrong, Outcome.new, Outcome.wrong, Outcome.new]


@pytest.mark.parametrize("numbers", [("7", ""), ("", "7")])
def test_one_name_in_one_town_is_one_school_unless_both_have_a_number(numbers):
    first, second = judged([numbers[0], "ZŠ Lenešice", "Lenešice"], [numbers[1], "ZŠ Lenesice", "Lenešice"])
    assert (first.outcome, second.outcome) == (Outcome.new, Outcome.wrong)
    assert [(wrong.column, wrong.code) for wrong in second.wrong] == [(1, "twice")]
    assert [one.outcome for one in judged(["7", "A", "X"], ["8", "a", "x"])] == [Outcome.new, Outcome.new]


def test_a_school_is_found_again_by_its_number_and_else_by_its_name_and_town():
    ours, named = Known(1, "7", {2026: (10, 2)}), Known(2, "")
    there = There(2026, {"7": ours}, {place_of("A", "X"): ours, place_of("ZŠ Lenešice", "Lenešice"): named})
    rows = (["007", "Other name", "Y", "10", "2"], ["7", "A", "X", "11", "2"], ["9", "ZS Lenesice", "lenesice"])
    assert [(one.outcome, one.twin) for one in judged(rows[0], there=there)] == [(Outcome.same, 1)]
    assert [(one.outcome, one.twin) for one in judged(rows[1], there=there)] == [(Outcome.numbers, 1)]
    assert [(one.outcome, one.twin) for one in judged(rows[2], there=there)] == [(Outcome.alike, 2)]
    assert [(one.outcome, one.twin) for one in judged(["", "a", "x", "10", "2"], there=there)] == [(Outcome.same, 1)]
    assert [(one.outcome, one.twin) for one in judged(["8", "A", "X"], there=there)] == [(Outcome.new, None)]


def test_numbers_of_a_row_that_says_its_year_are_compared_with_those_of_that_year():
    there = There(2026, {"7": Known(1, "7", {2025: (10, 2)})})
    rows = (["7", "A", "X", "10", "2", "", "", "", year] for year in ("2025", "2025/26", "2024", ""))
    outcomes = [judged(row, there=there)[0].outcome for row in rows]
    assert outcomes == [Outcome.same, Outcome.same, Outcome.numbers, Outcome.numbers]


def test_of_students_and_teachers_the_half_that_a_list_does_not_say_stays():
    there = There(2026, {"7": Known(1, "7", {2026: (10, 2)})})
    rows = (["7", "A", "X", "10"], ["7", "A", "X", "", "2"], ["7", "A", "X", "11"], ["7", "A", "X", "", "3"])
    outcomes = [judged(row, there=there)[0].outcome for row in rows]
    assert outcomes == [Outcome.same, Outcome.same, Outcome.numbers, Outcome.numbers]


def test_two_that_look_like_one_school_are_not_both_it_and_zeros_are_no_number():
    there = There(2026, {}, {place_of("ZS", "Praha"): Known(2, "")})
    assert [one.outcome for one in judged(["1", "ZS", "Praha"], ["2", "ZŠ", "Praha"], there=there)] == [
        Outcome.alike,
        Outcome.new,
    ]
    assert [one.outcome for one in judged(["0", "A", "X"], ["000", "B", "X"])] == [Outcome.new, Outcome.new]


@pytest.mark.parametrize(
    ("written", "meant"), [("1.234", 1234), ("1,234", 1234), ("12 345", 12345), ("33,4", 33), ("33.5", 34), ("7", 7)]
)
def test_thousands_are_not_taken_for_decimals(written, meant):
    row, wrong = read(["1", "A", "X", written], COLUMNS[:4])
    assert (row.students, wrong) == (meant, [])
