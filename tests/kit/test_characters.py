"""What a reader sees of what was typed, and which way the words around it run."""

import pytest

from kit.characters import is_visible, isolated, without_loose_turns

OVERRIDE, EMBED, POP, ISOLATE, POP_ISOLATE = "\u202e", "\u202b", "\u202c", "\u2067", "\u2069"


@pytest.mark.parametrize("text", ["a", " a", "١", "👍", ".", "\u0301a"])
def test_a_letter_a_sign_or_a_digit_is_seen(text):
    assert is_visible(text)


@pytest.mark.parametrize("text", ["", " ", "\u200b", "\u0301", "\u3164", "\u2800", "\n\t"])
def test_blanks_marks_and_fillers_alone_are_not(text):
    assert not is_visible(text)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("plain", "plain"),
        (f"a{OVERRIDE}b", "ab"),
        (f"a{ISOLATE}b", "ab"),
        (f"a{ISOLATE}b{POP_ISOLATE}c", f"a{ISOLATE}b{POP_ISOLATE}c"),
        (f"a{POP_ISOLATE}b", "ab"),
        (f"a{POP}b", "ab"),
        (f"{EMBED}a{POP}{POP}", f"{EMBED}a{POP}"),
        (f"{ISOLATE}a{POP}{POP_ISOLATE}", f"{ISOLATE}a{POP_ISOLATE}"),
        (f"{EMBED}{ISOLATE}a{POP_ISOLATE}b", f"{ISOLATE}a{POP_ISOLATE}b"),
        (f"{ISOLATE}{EMBED}a{POP}{POP_ISOLATE}", f"{ISOLATE}{EMBED}a{POP}{POP_ISOLATE}"),
        (f"{ISOLATE}a{POP_ISOLATE}{POP_ISOLATE}", f"{ISOLATE}a{POP_ISOLATE}"),
    ],
)
def test_a_turn_that_is_begun_and_ended_stays_and_a_loose_one_goes(typed, kept):
    assert without_loose_turns(typed) == kept


def test_words_of_the_other_direction_stand_apart_line_by_line():
    assert isolated("Anna\nليلى\n1", right_to_left=False) == "Anna\n\u2068ليلى\u2069\n1"
    assert isolated("Anna\nليلى\n1", right_to_left=True) == "\u2068Anna\u2069\nليلى\n1"


def test_what_stands_apart_has_no_loose_turn_within():
    assert isolated(f"ليلى{OVERRIDE}", right_to_left=False) == "\u2068ليلى\u2069"
