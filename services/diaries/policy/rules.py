"""Who somebody is to an entry and to a comment."""

from typing import Protocol
from uuid import UUID

from kit.policy import for_guests
from services.roster.rules import OfCluster, member, person_themselves
from services.roster.standing import Member


class Written(Protocol):
    """What the rules ask of an entry."""

    @property
    def author_id(self) -> UUID: ...

    @property
    def school_id(self) -> UUID | None: ...


class Posted(Protocol):
    """What the rules ask of a comment."""

    @property
    def author_id(self) -> UUID: ...


class OfEntry(OfCluster, Protocol):
    """An entry in sight, or a thing of it."""

    @property
    def entry(self) -> Written: ...


class OfComment(OfEntry, Protocol):
    """A comment under an entry in sight."""

    @property
    def comment(self) -> Posted: ...


@for_guests
def anyone_who_sees_it(actor: Member, thing: object) -> bool:
    return True


def author(actor: Member, thing: OfEntry) -> bool:
    return actor.id is not None and thing.entry.author_id == actor.id and actor.may_be_in(thing.cluster.id)


def author_who_is_a_member(actor: Member, thing: OfEntry) -> bool:
    return author(actor, thing) and member(actor, thing)


def coordinator_of_the_authors_school(actor: Member, thing: OfEntry) -> bool:
    return thing.entry.school_id is not None and actor.leads_school(thing.entry.school_id)


def writer(actor: Member, thing: OfComment) -> bool:
    return actor.id is not None and thing.comment.author_id == actor.id and actor.may_be_in(thing.cluster.id)


class OfOne(Protocol):
    """A thing that is one person's alone."""

    @property
    def person_id(self) -> UUID: ...


def whose_it_is(actor: Member, thing: OfOne) -> bool:
    return person_themselves(actor, thing) and actor.id == thing.person_id
