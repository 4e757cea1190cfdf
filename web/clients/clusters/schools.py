from collections.abc import AsyncIterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field, TypeAdapter

from web.clients.base import MOST_IN_PAGE, Answer, Page, ServiceClient
from web.clients.clusters.people import Named


class OfficialId(Answer):
    country: str
    scheme: str
    number: str


class SchoolItem(Answer):
    """A school in the directory."""

    id: UUID
    name: str
    official_name: str
    official_ids: list[OfficialId]
    kind: str | None
    town: str
    country: str
    year: int | None
    students: int | None
    teachers: int | None
    in_cluster: bool


class SchoolsPage(Page):
    items: list[SchoolItem]


class Headcount(Answer):
    year: int
    students: int | None
    teachers: int | None


class OfSchool(Answer):
    id: UUID
    name: str


class InCluster(Answer):
    id: UUID
    name: str
    role: str
    begun_at: datetime


class School(Answer):
    id: UUID
    name: str
    official_name: str
    official_ids: list[OfficialId]
    kind: str | None
    town: str
    address: str
    country: str
    website: str
    zone: str
    latitude: float | None
    longitude: float | None
    branch_of: UUID | None
    subjects: list[str]
    languages: list[str]
    offers: str
    looks_for: str
    headcounts: list[Headcount]
    version: int
    whole: OfSchool | None
    branches: list[OfSchool]
    clusters: list[InCluster]
    shows_people: bool
    can: list[str]


class DevelopmentPlan(Answer):
    """What the development plan of a school says on mentoring; `since` is None where nothing is known."""

    text: str
    link: str
    since: date | None
    language: str
    version: int
    can: frozenset[str]


class OnStaff(Named):
    staff_id: UUID
    person_id: UUID
    role: str
    subjects: list[str] = Field(default_factory=list)


class StaffPage(Page):
    items: list[OnStaff]


ALIKE = TypeAdapter(list[SchoolItem])


class Schools(ServiceClient):
    service = "clusters"

    async def index(self, after: str | None = None, **asked: Any) -> SchoolsPage:
        return await self.get(SchoolsPage, "/v1/schools", after=after, **asked)

    async def every(self, **asked: Any) -> AsyncIterator[list[SchoolItem]]:
        """All that are found, a page at a time; nothing of it is kept."""
        async for page in self.pages(SchoolsPage, "/v1/schools", limit=MOST_IN_PAGE, **asked):
            yield page.items

    async def alike(self, *, name: str, town: str, country: str) -> list[SchoolItem]:
        params = {"name": name, "town": town, "country": country}
        return ALIKE.validate_python(await self.ask("GET", "/v1/schools/alike", params=params))

    async def show(self, school_id: UUID) -> School:
        return await self.get(School, f"/v1/schools/{school_id}")

    async def people(self, school_id: UUID, after: str | None = None) -> StaffPage:
        return await self.get(StaffPage, f"/v1/schools/{school_id}/people", after=after, limit=MOST_IN_PAGE)

    async def development_plan(self, school_id: UUID) -> DevelopmentPlan:
        return await self.get(DevelopmentPlan, f"/v1/schools/{school_id}/development-plan")

    async def write_development_plan(self, school_id: UUID, version: int, said: dict[str, Any]) -> None:
        await self.put(f"/v1/schools/{school_id}/development-plan", said, version)

    async def remove_development_plan(self, school_id: UUID, version: int) -> None:
        await self.delete(f"/v1/schools/{school_id}/development-plan", version)

    async def register(self, once: str, said: dict[str, Any]) -> UUID:
        return UUID((await self.post("/v1/schools", said, once))["id"])

    async def change(self, school_id: UUID, version: int | None, said: dict[str, Any]) -> None:
        await self.put(f"/v1/schools/{school_id}", said, version)
