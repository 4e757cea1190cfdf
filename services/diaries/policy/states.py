"""In which states of an entry, or of a comment, their verbs are open."""

from datetime import datetime
from typing import Protocol

from kit.policy import refused_with
from kit.problems import Problem
from services.roster.states import OfClosable


class StillADraft(Problem):
    status, title = 409, "A draft has no readers yet: publish it, then discuss it"


class NotAQuestion(Problem):
    status, title = 409, "Only a question can be resolved"


class CommentTakenBack(Problem):
    status, title = 409, "Its writer took this comment back"


class OfReaders(OfClosable, Protocol):
    """An entry, or a thing of it, by who reads it (None: its author alone)."""

    @property
    def reach(self) -> str | None: ...


class Discussed(OfReaders, Protocol):
    """A comment under an entry that is read, by where it stands in its thread."""

    @property
    def begins_thread(self) -> bool: ...


class Said(OfClosable, Protocol):
    """A comment by what has become of it."""

    @property
    def is_question(self) -> bool: ...

    @property
    def resolved_at(self) -> datetime | None: ...

    @property
    def removed_at(self) -> datetime | None: ...


@refused_with(StillADraft)
def it_is_published(thing: OfReaders) -> bool:
    return thing.reach is not None


@refused_with(None)
def it_begins_its_thread(comment: Discussed) -> bool:
    return comment.begins_thread


@refused_with(NotAQuestion)
def it_is_a_question(comment: Said) -> bool:
    return comment.is_question


@refused_with(CommentTakenBack)
def it_is_not_taken_back(comment: Said) -> bool:
    return comment.removed_at is None


@refused_with(None)
def it_is_unresolved(comment: Said) -> bool:
    return comment.resolved_at is None
