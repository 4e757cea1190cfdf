"""The one table of languages says what CLDR says."""

import pytest
from babel import Locale

from kit.languages import LANGUAGES, RIGHT_TO_LEFT, is_right_to_left, spoken


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
