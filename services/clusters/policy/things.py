"""What the rules of clusters ask of things."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID


class InCountry(Protocol):
    """A thing of a country; of an invitation into an office, None."""

    @property
    def country(self) -> str | None: ...


class OfCluster(InCountry, Protocol):
    """A cluster, or a thing of one, by how it is led."""

    @property
    def approach(self) -> str: ...


class ACluster(OfCluster, Protocol):
    """A cluster itself."""

    @property
    def id(self) -> UUID: ...


class OfPlan(OfCluster, Protocol):
    """The plan of a cluster for a year, by who handed it in."""

    @property
    def handed_in_by(self) -> UUID | None: ...


class OfProposal(ACluster, Protocol):
    """Something that a cluster is to decide, by who proposed it; `id` is its cluster's."""

    @property
    def proposed_by(self) -> UUID: ...


class OfHelp(ACluster, Protocol):
    """A request for help, by whom it concerns; `id` is its cluster's."""

    @property
    def asked_by(self) -> UUID: ...

    @property
    def is_shared(self) -> bool: ...

    @property
    def climbed_at(self) -> datetime | None: ...


class OfSchool(InCountry, Protocol):
    """A school or a thing of one; of an invitation into an office, None."""

    @property
    def school_id(self) -> UUID | None: ...


class OfMembership(OfCluster, OfSchool, Protocol):
    """That a school belongs to a cluster."""


class OfStaff(OfSchool, Protocol):
    """Somebody's work at a school."""

    @property
    def person_id(self) -> UUID: ...


class AskedInto(OfSchool, Protocol):
    """A school into which somebody is asked, in a role; with the clusters that it belongs to."""

    @property
    def cluster_ids(self) -> Sequence[UUID]: ...

    @property
    def role(self) -> str | None: ...


class Asking(AskedInto, Protocol):
    """The same before it is done: whether somebody leads the school already."""

    @property
    def is_led(self) -> bool: ...


class Asked(Protocol):
    """What the rules ask of an invitation."""

    @property
    def person_id(self) -> UUID: ...

    @property
    def invited_by(self) -> UUID | None: ...

    @property
    def confirmed_at(self) -> datetime | None: ...


class OfInvitation(AskedInto, Protocol):
    """An invitation, with the school that it leads into."""

    @property
    def invitation(self) -> Asked: ...


class OfClient(Protocol):
    """A program, with the cluster that let it in."""

    @property
    def cluster_id(self) -> UUID | None: ...
