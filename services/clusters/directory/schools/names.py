"""By which words a school is found."""

from collections.abc import Iterable

from kit.collation import folded

MOST_WORDS = 8


def found_by(names: Iterable[str]) -> str:
    """All that a school is found by, in one text."""
    return " | ".join(filter(None, map(folded, names)))


def words_of(asked: str) -> list[str]:
    """Each word that was typed, to be found anywhere."""
    return folded(asked).split()[:MOST_WORDS]


def patterns(asked: str) -> list[str]:
    """The same for `like`."""
    words = words_of(asked)
    return ["%" + word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%" for word in words]
