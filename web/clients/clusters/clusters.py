from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from web.clients.base import MOST_IN_PAGE, MOST_NAMES_IN_PAGE, Answer, Page, ServiceClient
from web.clients.clusters.invitations import Unreached
from web.clients.clusters.people import Named
from web.clients.clusters.schools import OfficialId
from web.clients.clusters.tools import Tool


class MemberSchool(Answer):
    membership_id: UUID
    school_id: UUID
    name: str
    town: str
    address: str
    website: str
    latitude: float | None = None
    longitude: float | None = None
    official_ids: list[OfficialId] = Field(default_factory=list)
    role: str
    year: int | None
    students: int | None
    teachers: int | None
    people: int
    can: list[str]

    @property
    def where(self) -> str:
        """Street and town, as far as they are known."""
        return ", ".join(part for part in (self.address, self.town) if part)


class Cluster(Answer):
    id: UUID
    name: str
    country: str
    approach: str
    zone: str
    priorities: str
    goals: str
    has_plan: bool = False
    version: int
    begun_at: datetime | None = None
    closed_at: datetime | None = None
    closing_word: str = ""
    offer: str | None = None
    people: int = 0
    schools: list[MemberSchool]
    tools: list[Tool] = Field(default_factory=list)
    schedules: bool = False
    can: list[str]

    @property
    def year(self) -> int | None:
        """The newest school year of which a school has numbers."""
        return max((school.year for school in self.schools if school.year is not None), default=None)

    @property
    def uncounted(self) -> int:
        """Of how many schools a number of that year is not known."""
        if self.year is None:
            return 0
        return sum(
            school.year != self.year or school.students is None or school.teachers is None for school in self.schools
        )

    def total(self, what: str) -> int | None:
        """Students or teachers of all schools together, in that year; None where none is known."""
        of_year = [school for school in self.schools if school.year == self.year]
        known = [count for school in of_year if (count := getattr(school, what)) is not None]
        return sum(known) if known else None

    @property
    def schools_that_invite(self) -> list[MemberSchool]:
        return [school for school in self.schools if "invite" in school.can]


class ClusterItem(Answer):
    id: UUID
    name: str
    country: str
    approach: str
    formed_at: datetime
    begun_at: datetime | None = None
    closed_at: datetime | None = None
    schools: int
    people: int

    @property
    def state(self) -> str:
        return "closed" if self.closed_at else "active" if self.begun_at else "forming"


class ClusterPage(Page):
    items: list[ClusterItem]


class Colleague(Named):
    """`subject`: under which of theirs they stand in a list by subject."""

    staff_id: UUID
    person_id: UUID
    school_id: UUID
    school: str
    role: str
    unreached: Unreached | None = None
    subject: str | None = None
    subjects: list[str] = Field(default_factory=list)
    languages: list[str] = Field(default_factory=list)
    can: list[str]


class PeoplePage(Page):
    items: list[Colleague]


class WaitingProposal(Answer):
    id: UUID
    title: str
    language: str


class WaitingPlan(Answer):
    id: UUID
    year: int


class ClusterApproach(Answer):
    """How a cluster is led, and what becomes of what waits in it if that is changed."""

    approach: str
    plans: list[WaitingPlan]
    proposals: list[WaitingProposal]
    todos: int
    can: frozenset[str]


class Clusters(ServiceClient):
    service = "clusters"

    async def index(self, after: str | None = None, **asked: Any) -> ClusterPage:
        return await self.get(ClusterPage, "/v1/clusters", after=after, **asked)

    async def every(self, **asked: Any) -> AsyncIterator[list[ClusterItem]]:
        """All that are found, a page at a time; nothing of it is kept."""
        async for page in self.pages(ClusterPage, "/v1/clusters", limit=MOST_IN_PAGE, **asked):
            yield page.items

    async def show(self, cluster_id: UUID) -> Cluster:
        return await self.get(Cluster, f"/v1/clusters/{cluster_id}")

    async def people(
        self, cluster_id: UUID, after: str | None = None, *, by: str | None = None, q: str | None = None
    ) -> PeoplePage:
        """`by` school or subject; `q`: parts of a name."""
        return await self.get(PeoplePage, f"/v1/clusters/{cluster_id}/people", after=after, by=by, q=q)

    async def everybody(self, cluster_id: UUID) -> list[Colleague]:
        """All people of a cluster."""
        pages = self.pages(PeoplePage, f"/v1/clusters/{cluster_id}/people", limit=MOST_NAMES_IN_PAGE)
        return [person async for page in pages for person in page.items]

    async def change_aims(self, cluster_id: UUID, version: int, *, priorities: str, goals: str) -> None:
        body = {"priorities": priorities, "goals": goals}
        await self.put(f"/v1/clusters/{cluster_id}/aims", body, version)

    async def approach(self, cluster_id: UUID) -> ClusterApproach:
        return await self.get(ClusterApproach, f"/v1/clusters/{cluster_id}/approach")

    async def change_approach(self, cluster_id: UUID, approach: str, word: str) -> None:
        await self.put(f"/v1/clusters/{cluster_id}/approach", {"approach": approach, "word": word})

    async def close(self, cluster_id: UUID, word: str) -> None:
        await self.put(f"/v1/clusters/{cluster_id}/closure", {"word": word})

    async def reopen(self, cluster_id: UUID) -> None:
        await self.delete(f"/v1/clusters/{cluster_id}/closure")

    async def end_membership(self, membership_id: UUID) -> UUID:
        """The school that left."""
        return UUID((await self.delete(f"/v1/memberships/{membership_id}"))["school_id"])
