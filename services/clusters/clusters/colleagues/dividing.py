"""A list of people, found by parts of their names and divided by subject."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from kit.collation import folded

Row: TypeAlias = dict[str, Any]


def found_by(words: str, people: Sequence[Row]) -> list[Row]:
    """Those in whose name each of these words stands somewhere, whatever its case and accents."""
    wanted = folded(words).split()
    return [person for person in people if all(word in folded(person["name"]) for word in wanted)]


def by_subject(people: Iterable[Row]) -> list[Row]:
    """Each person once under each of their subjects; who says none stands once, with `says_none` and no subject.

    A subject goes by the spelling that most people give it.
    """
    people = list(people)
    usual = _usual_spellings(Counter(subject for person in people for subject in person["subjects"]))
    divided = [
        person | {"subject": usual[subject], "says_none": False} for person in people for subject in person["subjects"]
    ]
    return divided + [person | {"subject": "", "says_none": True} for person in people if not person["subjects"]]


def _usual_spellings(said: Counter[str]) -> dict[str, str]:
    """For each spelling the one that is said most of those that differ by case and accents alone."""
    usual: dict[str, str] = {}
    for spelling in sorted(said, key=lambda spelling: (-said[spelling], spelling)):
        usual.setdefault(folded(spelling), spelling)
    return {spelling: usual[folded(spelling)] for spelling in said}
