from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path, Query
from pydantic import BaseModel

from kit.clock import now
from kit.db import Db, Plain, Reader, plain
from kit.pages import After, IdKeys, Limit, Page, keys_of, page_of
from kit.policy import allowed, can, may
from kit.problems import Forbidden, NotFound, documented
from kit.routing import located, router
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.clusters.queries import seen_cluster, visible_cluster
from services.clusters.clusters.memberships.actions import AlreadyMember, ClusterFull
from services.clusters.deciding.decision_rules.processes import PROCESSES
from services.clusters.deciding.proposals import actions
from services.clusters.deciding.proposals.deeds import DayIsOver
from services.clusters.deciding.proposals.models import ProposalRound
from services.clusters.deciding.proposals.queries import VisibleProposal, visible_proposal
from services.clusters.deciding.proposals.schemas import (
    ProposalIn,
    ProposalItemOut,
    ProposalOut,
    VoiceOut,
)
from services.clusters.deciding.showing import queries
from services.clusters.deciding.showing.queries import seen_proposal
from services.clusters.deciding.voices import actions as speaking
from services.clusters.deciding.voices.schemas import VoiceAnswerIn, VoiceIn
from services.clusters.directory.people.queries import hold_person
from services.clusters.directory.schools.actions import OtherCountry
from services.clusters.doors.joining.actions import SchoolAskedAlready, SchoolAskedTooOften
from services.clusters.policy import RULES
from services.clusters.policy.states import ProposalNotAsked
from services.clusters.year.plans.parts import TooManyPlanParts
from services.roster.standing import CurrentMember, Member

routes = router("/v1", "proposals")
refused = documented(Forbidden, NotFound)
Seen = Annotated[VisibleProposal, allowed(RULES, "proposal.see", seen_proposal)]
Reading = Annotated[VisibleProposal, allowed(RULES, "proposal.read_voices", seen_proposal)]
Speaking = Annotated[VisibleProposal, allowed(RULES, "proposal.speak", visible_proposal)]
Answering = Annotated[VisibleProposal, allowed(RULES, "proposal.answer", visible_proposal)]
TakenBack = Annotated[VisibleProposal, allowed(RULES, "proposal.take_back", visible_proposal)]


class EndKeys(BaseModel):
    """Where a list by end goes on."""

    ends_at: datetime
    id: UUID


@routes.get("/clusters/{cluster_id}/proposals", responses=refused)
async def list_proposals(
    cluster: Annotated[Cluster, allowed(RULES, "proposals.list", seen_cluster)],
    pool: Reader,
    actor: CurrentMember,
    asked: Annotated[bool | None, Query(description="Only those that are asked about now; or only the others")] = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[ProposalItemOut]:
    """What was proposed to a cluster, newest first."""
    keys = keys_of(after, IdKeys)
    rows = await queries.proposals_in_cluster(pool, cluster.id, actor, asked, keys.id if keys else None, limit)
    return Page[ProposalItemOut].model_validate(page_of(rows, limit, "id"))


@routes.post(
    "/clusters/{cluster_id}/proposals",
    status_code=201,
    responses=refused
    | documented(
        *(actions.ProposedAlready, actions.TooManyOpenProposals, actions.ProposedTooOften),
        *(AlreadyMember, OtherCountry, ClusterFull, SchoolAskedAlready, SchoolAskedTooOften, TooManyPlanParts),
        DayIsOver,
    ),
)  # fmt: skip
@located("/v1/proposals/{id}")
async def make_proposal(
    cluster: Annotated[Cluster, allowed(RULES, "cluster.propose", visible_cluster)],
    new: ProposalIn,
    db: Db,
    actor: CurrentMember,
) -> ProposalOut:
    """Propose something to a cluster; its people are told, and asked until it ends."""
    await _hold(db, actor)
    proposal = await actions.propose(db, cluster, new, actor)
    return await one_shown(db, proposal.id, actor)


@routes.get("/proposals", dependencies=[allowed(RULES, "proposals.list_waiting")], responses=documented(Forbidden))
async def list_waiting_proposals(
    pool: Reader, actor: CurrentMember, after: After = None, limit: Limit = 20
) -> Page[ProposalItemOut]:
    """Those of my clusters that wait for my voice, most urgent first."""
    return await waiting_for(pool, actor, keys_of(after, EndKeys), limit)


@routes.get("/proposals/{proposal_id}", responses=refused)
async def show_proposal(found: Seen, pool: Reader, actor: CurrentMember) -> ProposalOut:
    """A proposal with its rounds, and what was said in the present one."""
    return await shown(pool, found, actor)


@routes.get("/proposals/{proposal_id}/rounds/{number}/voices", responses=refused)
async def list_voices(
    found: Reading, number: Annotated[int, Path(ge=1, le=10)], pool: Reader, after: After = None, limit: Limit = 20
) -> Page[VoiceOut]:
    """What people say in a round, newest first."""
    keys = keys_of(after, IdKeys)
    rows = await queries.voices_of(pool, found, number, keys.id if keys else None, limit)
    return Page[VoiceOut].model_validate(page_of(rows, limit, "id"))


@routes.put(
    "/proposals/{proposal_id}/voice",
    responses=refused | documented(ProposalNotAsked, speaking.TooManyVoices),
)  # fmt: skip
async def give_voice(found: Speaking, said: VoiceIn, db: Db, actor: CurrentMember) -> ProposalItemOut:
    """Say something in the present round, or something else than before."""
    await _hold(db, actor)
    await speaking.speak(db, found, said, actor)
    return await item_shown(db, found.proposal.id, actor)


@routes.post(
    "/proposals/{proposal_id}/voices/{voice_id}/answers",
    status_code=201,
    responses=refused | documented(ProposalNotAsked, speaking.TooManyVoiceAnswers),
)
async def answer_voice(
    found: Answering, voice_id: UUID, said: VoiceAnswerIn, db: Db, actor: CurrentMember
) -> ProposalItemOut:  # fmt: skip
    """Answer a question or a concern; whether that settles it, says who has it."""
    await _hold(db, actor)
    await speaking.answer(db, found, voice_id, said, actor)
    return await item_shown(db, found.proposal.id, actor)


@routes.delete("/proposals/{proposal_id}", status_code=204, responses=refused | documented(ProposalNotAsked))
async def take_proposal_back(found: TakenBack, db: Db, actor: CurrentMember) -> None:
    """Nobody is asked about it any more; it stays to be read."""
    await _hold(db, actor)
    await actions.take_back(db, found, actor.id)


async def waiting_for(pool: Reader, actor: Member, keys: EndKeys | None, limit: int) -> Page[ProposalItemOut]:
    if actor.id is None or actor.bound_to or not actor.clusters:
        return Page[ProposalItemOut](items=[])
    rows = await queries.waiting_proposals(pool, actor, (keys.ends_at, keys.id) if keys else None, limit)
    return Page[ProposalItemOut].model_validate(page_of(rows, limit, "ends_at", "id"))


async def one_shown(db: Db, proposal_id: UUID, actor: Member) -> ProposalOut:
    """As it stands in this transaction."""
    await db.flush()
    connection = await plain(db)
    return await shown(connection, await queries.proposal_seen(connection, proposal_id, actor), actor)


async def item_shown(db: Db, proposal_id: UUID, actor: Member) -> ProposalItemOut:
    """As it stands in this transaction, without what others said: the cluster is locked meanwhile."""
    await db.flush()
    return ProposalItemOut.model_validate((await queries.proposal_seen(await plain(db), proposal_id, actor)).page)


async def shown(connection: Plain, found: VisibleProposal, actor: Member) -> ProposalOut:
    assert found.page
    rounds: list[ProposalRound] = found.page["rounds"]
    until = found.proposal.ended_at or now()
    over = [each for each in rounds if each.counted_at or each.begins_at <= until]
    speaking = found.round or (over or rounds)[-1]
    reads = may(RULES, actor, "proposal.read_voices", found)
    more: dict[str, Any] = {
        found.proposal.matter: found.proposal.details or None,
        "cluster_closed_at": found.cluster.closed_at,
        "rounds": [_round(each) for each in rounds],
        "counts_of": speaking.number,
        "raised": await queries.raised_in(connection, found) if reads else [],
        "can": can(RULES, actor, "proposal", found),
        **await queries.counts_of(connection, found, speaking.number),
    }
    if speaking.outcome:
        more |= {name: speaking.outcome[name] for name in ("counts", "people", "spoke")}
    return ProposalOut.model_validate({"school": None, "plan": None, "decision_rule": None} | found.page | more)


def _round(each: ProposalRound) -> dict[str, Any]:
    words = PROCESSES[each.process]
    return each.model_dump() | {
        "says": words.says,
        "with_reason": [says for says in words.says if says in words.with_reason],
    }


async def _hold(db: Db, actor: Member) -> None:
    """Before the cluster: whoever leaves for good takes back what they wrote."""
    assert actor.id
    await hold_person(db, actor.id)
