"""The one table of languages says what CLDR says."""

import re
from pathlib import Path

import pytest
from babel import Locale

from kit.languages import FALLBACK, LANGUAGES, RIGHT_TO_LEFT, SPOKEN, is_right_to_left, spoken

LOCALES = Path(__file__).parents[2] / "web" / "locale"
ROW = re.compile(r"\| ([^|]+) \| [^|]+ \|")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_a_language_runs_the_way_that_cldr_says(tag):
    locale = Locale.parse(tag)
    assert is_right_to_left(tag) == (locale.character_order == "right-to-left")
    assert LANGUAGES[tag].name.casefold() == str(locale.languages[tag]).casefold()


@pytest.mark.parametrize("tag", sorted(RIGHT_TO_LEFT))
def test_what_runs_from_right_to_left_does_so_in_every_country(tag):
    assert is_right_to_left(f"{tag}-XX")


def test_a_language_is_known_by_its_base():
    assert [spoken(tag) for tag in ("cs", "cs-CZ", "CS", "pt", "", "xx")] == ["cs", "cs", "cs", None, None, None]


def test_every_language_that_is_spoken_has_its_word_for_the_same_things():
    glossaries = [LOCALES / tag / "glossary.md" for tag in SPOKEN if tag != FALLBACK]
    named = [
        [row[1] for line in file.read_text().splitlines() if (row := ROW.fullmatch(line))][1:] for file in glossaries
    ]
    assert len(named[0]) > 60
    assert all(words == named[0] for words in named)
