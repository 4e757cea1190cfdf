"""By which words a school is found."""

from collections.abc import Iterable

from kit.collation import folded

MOST_WORDS = 8


def found_by(names: Iterable[str]) -> str:
    """All that a school is found by, in one text."""
    return " | ".join(filter(None, map(folded, names)))


def patterns(asked: str) -> list[str]:
    """For `like`: each word that was typed, anywhere."""
    words = folded(asked).split()[:MOST_WORDS]
    return ["%" + word.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_") + "%" for word in words]
