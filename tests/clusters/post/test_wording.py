"""How letters and lines are put into words: whose language, whose clocks, and what somebody typed."""

import pytest

from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.kinds.wording import line_of, locale_of, moment, span, spoken, spoken_in, write_letter

AT, END = "2030-05-01T08:00:00+00:00", "2030-05-01T09:30:00+00:00"
ASKED = {"by": "Ben", "as": "question", "title": "Peruc", "language": "cs", "path": "/entries/1"}
WORDS = {"text": "How long\n did it take?", "text_language": "en"}


def parts(params, language):
    return [(part.text, part.typed, part.language) for part in line_of(KINDS["comment_posted"], params, language)]


def test_a_moment_is_told_by_the_clocks_of_a_city():
    assert moment(AT, "en", "Asia/Amman") == "Wednesday, 1 May 2030 at 11:00 (Amman)"
    assert span(AT, END, "cs", "Asia/Amman") == "středa 1. května 2030 11:00–12:30 (Ammán)"


@pytest.mark.parametrize(("language", "words"), [("cs-CZ", "cs"), ("ar", "ar"), ("he-IL", "he"), ("xx", "en")])
def test_who_speaks_a_language_without_words_hears_english(language, words):
    assert spoken(language) == words


@pytest.mark.parametrize(("language", "known"), [("pt-BR", "pt_BR"), ("ar-JO", "ar_JO"), ("xx", "en"), ("?", "en")])
def test_an_unknown_language_writes_numbers_and_dates_as_english(language, known):
    assert str(locale_of(language)) == known


def test_a_line_says_what_is_typed_and_in_which_language():
    assert parts(ASKED, "en") == [
        ("Ben", True, None),
        (" asks about “", False, None),
        ("Peruc", True, "cs"),
        ("”", False, None),
    ]


def test_where_the_name_of_who_left_was_it_says_so():
    assert parts(ASKED | {"by": ""}, "en")[:2] == [
        ("Somebody who left asks about “", False, None),
        ("Peruc", True, "cs"),
    ]


def test_a_letter_is_its_lines_and_ends_with_one():
    subject, text = write_letter(
        KINDS["sign_in_link"], {"minutes": 30, "path": "/x"}, name="Eva", language="en", zone="UTC", base_url="http://h"
    )
    assert subject == "Your way into Staffroom"
    assert text == (
        "Hello Eva,\n\nThis link signs you in. It works once, within 30 minutes:\n\nhttp://h/x\n\n"
        "If you did not ask for it, leave it: nobody can come in without this mail.\n"
    )


def test_each_line_that_somebody_typed_is_known_by_its_language():
    assert spoken_in(KINDS["comment_posted"], ASKED | WORDS, "en") == {
        "Peruc": "cs",
        "How long": "en",
        "did it take?": "en",
    }


def test_what_was_not_said_is_its_default_or_nothing():
    filled = KINDS["comment_posted"].filled({"by": "Ben"})
    assert (filled["by"], filled["title"], filled["text"], filled["language"]) == ("Ben", "", "", None)
