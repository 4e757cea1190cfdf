"""Who looks at an entry just now, and is shown what happens under it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kit.feed import FactOut
from web.clients.diaries.facts import OF_PERSON, READERS_CHANGED, OfEntry


@dataclass(eq=False)
class Watcher:
    """A live page of one reader."""

    changed: asyncio.Event = field(default_factory=asyncio.Event)
    readers_changed: bool = False


class Live:
    """Hears whatever names an entry; keeps nothing that could be old."""

    hears = ("diaries",)

    def __init__(self) -> None:
        self.watching: dict[str, set[Watcher]] = {}

    @contextmanager
    def watcher(self, entry_id: str) -> Iterator[Watcher]:
        """Is told of this entry until the block ends."""
        watcher = Watcher()
        self.watching.setdefault(entry_id, set()).add(watcher)
        try:
            yield watcher
        finally:
            self.watching[entry_id].discard(watcher)
            if not self.watching[entry_id]:
                del self.watching[entry_id]

    def forget(self, service: str) -> None:
        return

    def hear(self, service: str, fact: FactOut) -> None:
        if fact.kind in OF_PERSON:
            return
        for watcher in self.watching.get(str(OfEntry.heard(fact.data).entry_id), ()):
            watcher.readers_changed |= fact.kind in READERS_CHANGED
            watcher.changed.set()
