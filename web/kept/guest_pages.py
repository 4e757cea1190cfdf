"""Whole pages of public entries, the same for every guest of one language."""

from collections import OrderedDict

from kit.feed import FactOut
from web.kept.hearing import Hearing
from web.kept.tokens import EVERYBODY

MOST_PAGES = 500
NAMED = ("person.", *EVERYBODY)


class GuestPages:
    """End with anything that diaries tell, and with the names of people, schools and clusters that they show."""

    hears = ("clusters", "diaries")

    def __init__(self, hearing: Hearing) -> None:
        self._hearing = hearing
        self._kept: OrderedDict[str, tuple[bytes, dict[str, str]]] = OrderedDict()

    @property
    def turn(self) -> int:
        """What was asked for in one turn is not kept in another."""
        return self._hearing.turn("diaries")

    def keep(self, key: str, page: bytes, headers: dict[str, str], turn: int) -> None:
        if self._hearing.fresh("diaries") and turn == self.turn:
            self._kept[key] = (page, headers)
            if len(self._kept) > MOST_PAGES:
                self._kept.popitem(last=False)

    def find(self, key: str) -> tuple[bytes, dict[str, str]] | None:
        return self._kept.get(key) if self._hearing.fresh("diaries") else None

    def forget(self, service: str) -> None:
        self._kept.clear()

    def hear(self, service: str, fact: FactOut) -> None:
        if service == "diaries" or fact.kind.startswith(NAMED):
            self._kept.clear()
