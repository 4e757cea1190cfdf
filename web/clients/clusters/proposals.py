from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from kit.clock import now
from web.clients.base import Answer, Page, ServiceClient


class DecisionRule(Answer):
    """How a cluster decides; `proposes`: what kinds of things the reader can propose to it."""

    process: str
    counted: str
    needs_each_school: bool
    days: int
    version: int = 0
    proposes: list[str] = Field(default_factory=list)
    can: frozenset[str] = frozenset()


class ProposalItem(Answer):
    """A proposal in a list; `round`, `process` and `ends_at` are of what is asked now, `mine` what the reader says."""

    id: UUID
    cluster_id: UUID
    cluster: str
    matter: str
    title: str
    language: str
    state: str
    deed: str
    options: list[str]
    chosen: int | None
    proposed_at: datetime
    proposed_by: UUID
    name: str
    ended_at: datetime | None
    asks_again_on: date | None
    round: int | None
    process: str | None
    ends_at: datetime | None
    mine: str | None
    cluster_closed_at: datetime | None = None


class ProposalPage(Page):
    items: list[ProposalItem]


class Outcome(Answer):
    decided: bool
    why: str | None
    counts: dict[str, int]
    people: int
    spoke: int
    schools_missing: int
    chosen: int | None
    shares: list[int]


class Round(Answer):
    number: int
    process: str
    says: list[str]
    with_reason: frozenset[str]
    begins_at: datetime
    ends_at: datetime
    outcome: Outcome | None


class VoiceAnswer(Answer):
    id: UUID
    text: str
    language: str
    name: str
    written_at: datetime


class Voice(Answer):
    """What somebody says; with `changed_at` they say something else since."""

    id: UUID
    round: int
    person_id: UUID
    name: str
    schools: list[str]
    says: str
    reason: str
    language: str
    dots: list[int]
    given_at: datetime
    changed_at: datetime | None
    counts: bool
    answers: list[VoiceAnswer]


class VoicePage(Page):
    items: list[Voice]


class SchoolVoices(Answer):
    school_id: UUID
    school: str
    people: int
    spoke: int


class ProposedSchool(Answer):
    school_id: UUID
    role: str


class ProposedPart(Answer):
    """What is to stand in a plan; `part` as the plan has it."""

    plan_id: UUID
    part_id: UUID | None
    part: dict[str, Any]


class Proposal(ProposalItem):
    counts_of: int
    zone: str
    text: str
    counted: str
    needs_each_school: bool
    school: ProposedSchool | None
    school_name: str
    plan: ProposedPart | None
    decision_rule: DecisionRule | None
    deed_problem: str
    rounds: list[Round]
    counts: dict[str, int]
    people: int
    spoke: int
    schools: list[SchoolVoices]
    my_reason: str
    my_dots: list[int]
    raised: list[Voice]
    can: frozenset[str]

    @property
    def asked(self) -> Round | None:
        """The round that is asked now."""
        return next((each for each in self.rounds if each.number == self.round), None)

    @property
    def counted_round(self) -> Round:
        """The round that `counts` and `schools` are of."""
        return next(each for each in self.rounds if each.number == self.counts_of)

    @property
    def asks_again(self) -> bool:
        """Whether it is still to be asked if this holds."""
        begun = any(each.process == "still_holds" and each.begins_at <= now() for each in self.rounds)
        return self.asks_again_on is not None and self.state in ("open", "decided") and not begun

    @property
    def deciding(self) -> Round:
        """The round with which it ends, or ended."""
        return next(each for each in self.rounds if each.process in ("consent", "majority", "dots"))


class Proposals(ServiceClient):
    service = "clusters"

    async def rule(self, cluster_id: UUID) -> DecisionRule:
        return await self.get(DecisionRule, f"/v1/clusters/{cluster_id}/decision-rule")

    async def change_rule(self, cluster_id: UUID, version: int, said: dict[str, Any]) -> None:
        await self.put(f"/v1/clusters/{cluster_id}/decision-rule", said, version)

    async def of_cluster(self, cluster_id: UUID, after: str | None = None, *, asked: bool) -> ProposalPage:
        return await self.get(ProposalPage, f"/v1/clusters/{cluster_id}/proposals", after=after, asked=asked)

    async def propose(self, cluster_id: UUID, once: str, said: dict[str, Any]) -> UUID:
        return UUID((await self.post(f"/v1/clusters/{cluster_id}/proposals", said, once))["id"])

    async def show(self, proposal_id: UUID) -> Proposal:
        return await self.get(Proposal, f"/v1/proposals/{proposal_id}")

    async def waiting(self, after: str | None = None) -> ProposalPage:
        return await self.get(ProposalPage, "/v1/proposals", after=after)

    async def voices(self, proposal_id: UUID, number: int, after: str | None = None) -> VoicePage:
        return await self.get(VoicePage, f"/v1/proposals/{proposal_id}/rounds/{number}/voices", after=after)

    async def speak(self, proposal_id: UUID, said: dict[str, Any]) -> None:
        await self.put(f"/v1/proposals/{proposal_id}/voice", said)

    async def answer(self, proposal_id: UUID, voice_id: UUID, once: str, text: str) -> None:
        await self.post(f"/v1/proposals/{proposal_id}/voices/{voice_id}/answers", {"text": text}, once)

    async def take_back(self, proposal_id: UUID) -> None:
        await self.delete(f"/v1/proposals/{proposal_id}")
