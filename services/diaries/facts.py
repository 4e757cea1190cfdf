"""What diaries tells. A fact of a draft names no cluster: no program hears it."""

from uuid import UUID

from kit.telling import Fact, facts_in


class EntryFact(Fact):
    entry_id: UUID


class EntryStarted(EntryFact, told_as="entry.started"):
    pass


class EntryChanged(EntryFact, told_as="entry.changed"):
    pass


class EntryPublished(EntryFact, told_as="entry.published"):
    title: str
    reach: str


class EntryRetracted(EntryFact, told_as="entry.retracted"):
    pass


class EntryRemoved(EntryFact, told_as="entry.removed"):
    pass


class PictureFact(Fact):
    picture_id: UUID
    entry_id: UUID


class PictureAdded(PictureFact, told_as="picture.added"):
    pass


class PictureRemoved(PictureFact, told_as="picture.removed"):
    pass


class WriterErased(Fact, told_as="writer.erased"):
    """Somebody left for good: what they wrote has no name any more, or goes."""

    person_id: UUID


class CommentFact(Fact):
    comment_id: UUID
    entry_id: UUID


class CommentPosted(CommentFact, told_as="comment.posted"):
    kind: str


class CommentChanged(CommentFact, told_as="comment.changed"):
    pass


class CommentRemoved(CommentFact, told_as="comment.removed"):
    pass


class QuestionResolved(CommentFact, told_as="question.resolved"):
    pass


FACTS = facts_in(globals())
