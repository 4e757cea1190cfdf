"""By which words a school is found."""

import re
from collections.abc import Iterable

from kit.collation import folded

MOST_WORDS = 8
SHORT_NUMBER = re.compile(r"([0-9]{1,3})\.?")


def found_by(names: Iterable[str]) -> str:
    """All that a school is found by, in one text."""
    return " | ".join(filter(None, map(folded, names)))


def words_of(asked: str) -> list[str]:
    """Each word that was typed, to be found anywhere."""
    return folded(asked).split()[:MOST_WORDS]


def patterns(asked: str) -> list[tuple[str, str]]:
    """The same for PostgreSQL: how each word is compared, and with what.

    A short number is found as a whole: the 3 of a third school is in most numbers of a register.
    """
    found = [(SHORT_NUMBER.fullmatch(word), word) for word in words_of(asked)]
    return [_whole(number[1]) if number else _anywhere(word) for number, word in found]


def _whole(number: str) -> tuple[str, str]:
    return "~", rf"\m{number}\M"


def _anywhere(word: str) -> tuple[str, str]:
    return "like", "%" + word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%"
