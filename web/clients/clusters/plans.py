from collections import Counter
from datetime import date, datetime
from typing import Any
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient, idempotency_key, if_match


class PlanPart(Answer):
    """A priority, goal, activity or milestone of a plan, or of one of its editions.

    Of an activity of a plan: meetings and entries of its section in its months, before this month and from it on.
    """

    id: UUID
    kind: str
    title: str
    text: str
    section: str | None
    begins: date | None
    ends: date | None
    who: str
    school_id: UUID | None
    school: str
    language: str
    done_at: datetime | None = None
    meetings: int | None = None
    meetings_ahead: int | None = None
    entries: int | None = None


class PlanPartAlone(PlanPart):
    plan_id: UUID
    version: int
    changed_at: datetime
    changed_by: str


class PlanChange(Answer):
    part_id: UUID
    kind: str
    title: str
    language: str
    what: str


class PlanAnswer(Answer):
    id: UUID
    edition: int
    approved: bool
    word: str
    language: str
    name: str
    written_at: datetime


class EditionItem(Answer):
    number: int
    made_at: datetime
    made_by: str


class PlanEdition(EditionItem):
    plan_id: UUID
    cluster_id: UUID
    cluster: str
    year: int
    parts: list[PlanPart]


class PlanItem(Answer):
    id: UUID
    cluster_id: UUID
    cluster: str
    approach: str
    country: str
    year: int
    state: str
    approved_edition: int | None
    changed_at: datetime
    handed_in_at: datetime | None


class PlanPage(Page):
    items: list[PlanItem]


class Plan(PlanItem):
    """A plan with its parts, its editions and what was said to them, newest first."""

    cluster_closed_at: datetime | None
    version: int
    changed_by: str
    handed_in_by: str
    parts: list[PlanPart]
    editions: list[EditionItem]
    answers: list[PlanAnswer]
    changes: list[PlanChange]
    can: frozenset[str]

    def of(self, kind: str) -> list[PlanPart]:
        return [part for part in self.parts if part.kind == kind]

    @property
    def led(self) -> Counter[UUID]:
        """How many activities and milestones each school leads."""
        return Counter(part.school_id for part in self.parts if part.school_id)


class Plans(ServiceClient):
    service = "clusters"

    async def of_cluster(self, cluster_id: UUID, after: str | None = None) -> PlanPage:
        return await self.get(PlanPage, f"/v1/clusters/{cluster_id}/plans", after=after)

    async def handed_in(self, after: str | None = None, *, limit: int = 20) -> PlanPage:
        return await self.get(PlanPage, "/v1/plans", after=after, limit=limit)

    async def begin(self, cluster_id: UUID, year: int, begins_from: str) -> UUID:
        said = {"begins_from": begins_from}
        return UUID((await self.put(f"/v1/clusters/{cluster_id}/plans/{year}", said))["id"])

    async def show(self, plan_id: UUID) -> Plan:
        return await self.get(Plan, f"/v1/plans/{plan_id}")

    async def edition(self, plan_id: UUID, number: int) -> PlanEdition:
        return await self.get(PlanEdition, f"/v1/plans/{plan_id}/editions/{number}")

    async def part(self, part_id: UUID) -> PlanPartAlone:
        return await self.get(PlanPartAlone, f"/v1/plan-parts/{part_id}")

    async def add_part(self, plan_id: UUID, once: str, said: dict[str, Any]) -> None:
        await self.post(f"/v1/plans/{plan_id}/parts", said, once)

    async def change_part(self, part_id: UUID, version: int, said: dict[str, Any]) -> None:
        await self.put(f"/v1/plan-parts/{part_id}", said, version)

    async def remove_part(self, part_id: UUID) -> None:
        await self.delete(f"/v1/plan-parts/{part_id}")

    async def tick(self, part_id: UUID) -> None:
        await self.put(f"/v1/plan-parts/{part_id}/tick", {})

    async def untick(self, part_id: UUID) -> None:
        await self.delete(f"/v1/plan-parts/{part_id}/tick")

    async def hand_in(self, plan_id: UUID) -> None:
        await self.put(f"/v1/plans/{plan_id}/handing-in", {})

    async def answer(self, plan_id: UUID, version: int, once: str, *, approved: bool, word: str) -> None:
        said, headers = {"approved": approved, "word": word}, (idempotency_key(once) or {}) | (if_match(version) or {})
        await self.ask("POST", f"/v1/plans/{plan_id}/answers", json=said, headers=headers)
