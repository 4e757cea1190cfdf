"""Whole pages of public entries, the same for every guest of one language."""

import time
from collections import OrderedDict
from typing import TypeAlias

from kit.feed import FactOut
from kit.telling import kinds_of
from web.clients.clusters.facts import PersonChanged, PersonErased, SchoolChanged
from web.kept.hearing import Hearing

MOST_PAGES = 500  # each in the languages that were asked for
RENAMED = kinds_of(PersonChanged, PersonErased, SchoolChanged)
HEARD_BY_ALL_WITHIN = 5.0  # seconds in which diaries, too, has heard of a new name


Kept: TypeAlias = tuple[bytes, dict[str, str]]


class GuestPages:
    """End with anything that diaries tell, and with the names of people and schools that they show."""

    hears = ("clusters", "diaries")

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._kept: OrderedDict[str, dict[str, Kept]] = OrderedDict()
        self._renamed_at = float("-inf")

    @property
    def heard(self) -> int:
        """What was asked for before a fact was heard is not kept after it."""
        return self._hearing.heard("diaries")

    def keep(self, path: str, language: str, page: Kept, heard: int) -> None:
        settled = time.monotonic() - self._renamed_at > HEARD_BY_ALL_WITHIN
        if settled and self._hearing.fresh("diaries") and heard == self.heard:
            self._kept.setdefault(path, {})[language] = page
            if len(self._kept) > MOST_PAGES:
                self._kept.popitem(last=False)

    def find(self, path: str) -> dict[str, Kept]:
        """The page at a path by language, as far as it is kept."""
        return self._kept.get(path, {}) if self._hearing.fresh("diaries") else {}

    def forget(self, service: str) -> None:
        self._kept.clear()

    def hear(self, service: str, fact: FactOut) -> None:
        if fact.kind in RENAMED:
            self._renamed_at = time.monotonic()
        if service == "diaries" or fact.kind in RENAMED:
            self._kept.clear()
