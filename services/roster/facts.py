"""What clusters tells of who belongs where: every fact carries the whole row."""

from enum import StrEnum
from uuid import UUID

from kit.telling import Fact


class PersonFact(Fact):
    person_id: UUID
    name: str
    language: str
    zone: str


class PersonRegistered(PersonFact, told_as="person.registered"):
    pass


class PersonChanged(PersonFact, told_as="person.changed"):
    pass


class Writings(StrEnum):
    """What becomes of what somebody wrote when they leave for good: it stays without their name, or goes."""

    stay = "stay"
    go = "go"


class PersonErased(PersonFact, told_as="person.erased"):
    """They left for good: nothing is known of them any more but the id. `writings` is stay or go."""

    writings: str


class SchoolFact(Fact):
    school_id: UUID
    name: str
    town: str
    country: str


class SchoolRegistered(SchoolFact, told_as="school.registered"):
    pass


class SchoolChanged(SchoolFact, told_as="school.changed"):
    pass


class ClusterFact(Fact):
    name: str
    country: str
    approach: str


class ClusterFormed(ClusterFact, told_as="cluster.formed"):
    pass


class ClusterClosed(ClusterFact, told_as="cluster.closed"):
    """What it did can be read; nothing is added until it is opened again."""


class ClusterReopened(ClusterFact, told_as="cluster.reopened"):
    pass


class ClusterApproachChanged(ClusterFact, told_as="cluster.approach_changed"):
    """It is led by its ministry now, or by its schools."""


class MembershipFact(Fact):
    membership_id: UUID
    school_id: UUID
    role: str


class MembershipBegun(MembershipFact, told_as="membership.begun"):
    pass


class MembershipEnded(MembershipFact, told_as="membership.ended"):
    pass


class StaffFact(Fact):
    staff_id: UUID
    person_id: UUID
    school_id: UUID
    role: str


class StaffBegan(StaffFact, told_as="staff.began"):
    pass


class StaffChanged(StaffFact, told_as="staff.changed"):
    pass


class StaffEnded(StaffFact, told_as="staff.ended"):
    pass


class OfficeFact(Fact):
    office_id: UUID
    person_id: UUID
    kind: str
    country: str | None


class OfficeGiven(OfficeFact, told_as="office.given"):
    pass


class OfficeEnded(OfficeFact, told_as="office.ended"):
    pass


class ClientRevoked(Fact, told_as="client.revoked"):
    client_id: UUID
