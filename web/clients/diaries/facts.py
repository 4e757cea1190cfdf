"""What web hears of diaries, with what it needs of it."""

from uuid import UUID

from kit.telling import Fact


class OfEntry(Fact):
    """Whatever diaries tells is told of an entry, but what is told of a person."""

    entry_id: UUID


OF_PERSON = {"writer.erased"}


READERS_CHANGED = {"entry.published", "entry.removed", "entry.retracted"}
