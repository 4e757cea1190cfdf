"""Who somebody is to an event."""

from typing import Protocol
from uuid import UUID

from services.roster.rules import OfCluster
from services.roster.standing import Member


class Organised(Protocol):
    """What the rules ask of an event."""

    @property
    def organiser_id(self) -> UUID: ...

    @property
    def organiser_school_id(self) -> UUID | None: ...


class OfEvent(OfCluster, Protocol):
    """An event in sight, or a thing of it."""

    @property
    def event(self) -> Organised: ...


class Registrable(OfEvent, Protocol):
    """A person at an event, with the school through which they come."""

    @property
    def person_id(self) -> UUID | None: ...

    @property
    def school_id(self) -> UUID | None: ...


def organiser(actor: Member, thing: OfEvent) -> bool:
    return actor.id is not None and thing.event.organiser_id == actor.id


def coordinator_of_organising_school(actor: Member, thing: OfEvent) -> bool:
    return thing.event.organiser_school_id is not None and actor.leads_school(thing.event.organiser_school_id)


def oneself(actor: Member, thing: Registrable) -> bool:
    return actor.id is not None and thing.person_id == actor.id


def coordinator_of_their_school(actor: Member, thing: Registrable) -> bool:
    return thing.school_id is not None and actor.leads_school(thing.school_id)
