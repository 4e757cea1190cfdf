"""Dates stand as each language writes them: as the program of every browser does, from the same data of CLDR."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from kit.dates import REGIONS, written, written_span
from tests.browsers import intl

LANGUAGES = ["en", "nl", "hr", "cs", "hu", "it", "pt", "de", "he", "tr", "uk", "ar"]
START = datetime(2026, 11, 25, 13, 5, tzinfo=UTC)
SPANS = {"hours": timedelta(hours=2), "days": timedelta(days=1, hours=3), "months": timedelta(days=40)}
ZONE = "Europe/Prague"
SKELETONS = {
    "yMMMMEEEEdjm": {
        "year": "numeric",
        "month": "long",
        "weekday": "long",
        "day": "numeric",
        "hour": "numeric",
        "minute": "numeric",
    },
    "yMMMMEEEdjm": {
        "year": "numeric",
        "month": "long",
        "weekday": "short",
        "day": "numeric",
        "hour": "numeric",
        "minute": "numeric",
    },
    "yMMMMd": {"year": "numeric", "month": "long", "day": "numeric"},
    "yMMMd": {"year": "numeric", "month": "short", "day": "numeric"},
    "MMMMEEEEd": {"month": "long", "weekday": "long", "day": "numeric"},
    "jm": {"hour": "numeric", "minute": "numeric"},
}
REFERENCE = """
const said = {};
for (const tag of asked.tags) for (const [name, parts] of Object.entries(asked.skeletons)) {
  const format = new Intl.DateTimeFormat(tag, {...parts, timeZone: asked.zone}), begun = new Date(asked.start);
  said[`${tag} ${name}`] = [format.format(begun), ...asked.ends.map(end => format.formatRange(begun, new Date(end)))];
}
return said;
"""


def tag_of(language):
    return f"{REGIONS.get(language, language)}-u-nu-latn"


@pytest.fixture(scope="module")
def reference():
    return intl(
        REFERENCE,
        tags=[tag_of(language) for language in LANGUAGES],
        skeletons=SKELETONS,
        zone=ZONE,
        start=START.isoformat(),
        ends=[(START + length).isoformat() for length in SPANS.values()],
    )


def plain(text):
    """Without what differs between editions of CLDR: kinds of spaces, and marks of direction."""
    return re.sub(r"\s+", " ", re.sub("[\u200e\u200f\u061c]", "", text))


@pytest.mark.parametrize("skeleton", SKELETONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_date_is_written_as_its_language_writes_it(reference, language, skeleton):
    assert plain(written(START, skeleton, ZONE, language)) == plain(reference[f"{tag_of(language)} {skeleton}"][0])


@pytest.mark.parametrize("skeleton", ["yMMMMEEEEdjm", "yMMMMEEEdjm"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_from_when_to_when_is_written_as_its_language_writes_it(reference, language, skeleton):
    ours = [written_span(START, START + length, skeleton, ZONE, language) for length in SPANS.values()]
    assert [plain(span) for span in ours] == [plain(span) for span in reference[f"{tag_of(language)} {skeleton}"][1:]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_digits_are_those_of_all_numbers_of_a_page(language):
    assert "2026" in written(START, "yMMMMd", ZONE, language)


def test_the_hour_is_that_of_the_zone_by_our_rules_also_when_it_comes_twice():
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert [written(before + timedelta(hours=h), "jm", ZONE, "cs") for h in (0, 1)] == ["2:30", "2:30"]
    assert written(datetime(2026, 3, 29, 1, 30, tzinfo=UTC), "jm", ZONE, "cs") == "3:30"
