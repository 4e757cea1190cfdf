"""What web hears of diaries, with what it needs of it."""

from uuid import UUID

from kit.telling import Fact


class OfEntry(Fact):
    """Whatever diaries tells is told of an entry."""

    entry_id: UUID


READERS_CHANGED = {"entry.published", "entry.removed", "entry.retracted"}
