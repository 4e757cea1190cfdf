from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now, real_now
from kit.facts import record
from kit.jobs import enqueue
from kit.locking import lock
from kit.policy import hold, require
from kit.problems import Problem, field_invalid
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.deciding.decision_rules.group import VERBS, group_of
from services.clusters.deciding.decision_rules.models import Matter, Process
from services.clusters.deciding.decision_rules.queries import rule_of
from services.clusters.deciding.proposals.deeds import try_deed
from services.clusters.deciding.proposals.models import Proposal, ProposalRound, ProposalState
from services.clusters.deciding.proposals.queries import (
    VisibleProposal,
    asked_now,
    open_proposals,
    proposed_lately,
)
from services.clusters.deciding.proposals.schemas import ProposalIn
from services.clusters.policy import RULES
from services.clusters.year_facts import ProposalMade, ProposalTakenBack
from services.roster.standing import Member

MOST_OPEN, MOST_LATELY, LATELY = 20, 10, timedelta(days=14)
EVENING = time(18)
FIRST_DAYS = 2
LONGEST, LATEST_AGAIN = timedelta(days=90), timedelta(days=800)


class TooManyOpenProposals(Problem):
    status, title = 409, "Twenty proposals are open in this cluster: decide some of them first"


class ProposedTooOften(Problem):
    status, title = 409, "You have proposed ten things here within two weeks: let the others speak first"


class ProposedAlready(Problem):
    status, title = 409, "Another open proposal is about the same: give your voice there"


async def propose(db: AsyncSession, cluster: Cluster, new: ProposalIn, actor: Member) -> Proposal:
    """Ask the cluster. What it would do is tried, so that nobody decides what cannot be done.

    Raises TooManyOpenProposals, ProposedTooOften, ProposedAlready, Forbidden, Invalid, ClusterClosed, and what the deed
    raises.
    """
    assert actor.id
    # Locked, so that the open ones are counted one after the other. Its id is kept: what the session knows of the
    # cluster may be gone with the deed that is tried.
    cluster, cluster_id = await lock(db, Cluster, cluster.id), cluster.id
    hold(RULES, "cluster.propose", cluster)
    if new.matter in VERBS:
        require(RULES, group_of(cluster), VERBS[new.matter], cluster)
    if await open_proposals(db, cluster.id) >= MOST_OPEN:
        raise TooManyOpenProposals
    if await proposed_lately(db, cluster.id, actor.id, now() - LATELY) >= MOST_LATELY:
        raise ProposedTooOften
    rule = await rule_of(db, cluster.id)
    options = new.options if new.matter == Matter.agreement else [day.isoformat() for day in sorted(new.days)]
    proposal = Proposal(
        cluster_id=cluster.id,
        matter=new.matter,
        title=new.title,
        text=new.text,
        language=new.language or actor.language,
        options=options,
        counted=rule.counted,
        needs_each_school=rule.needs_each_school,
        asks_again_on=new.asks_again_on,
        proposed_by=actor.id,
        **_of_deed(new),
    )
    process = Process.dots if len(options) > 1 else rule.process
    rounds = _rounds(proposal, cluster, new, process, rule.days)
    proposal.running_until = rounds[-1].ends_at
    await try_deed(db, cluster, proposal)
    db.add(proposal)
    try:
        await db.flush()
    except IntegrityError as error:
        raise ProposedAlready from error
    db.add_all(rounds)
    record(db, ProposalMade(proposal_id=proposal.id), cluster_id=cluster_id, actor_id=actor.id)
    await db.flush()
    for round_ in rounds:
        await wake_for(db, round_)
    await tell(db, proposal, "proposal_made", actor.id)
    return proposal


async def take_back(db: AsyncSession, found: VisibleProposal, by: UUID | None) -> None:
    """Nobody is asked any more; what was said stays. Raises ProposalNotAsked, ClusterClosed."""
    found, _ = await opened(db, found, "proposal.take_back")
    await withdraw(db, found.proposal, by)


async def withdraw(db: AsyncSession, proposal: Proposal, by: UUID | None) -> None:
    """Whoever calls has locked its cluster, for itself or with it."""
    proposal.state, proposal.ended_at, proposal.running_until = ProposalState.taken_back, now(), None
    record(db, ProposalTakenBack(proposal_id=proposal.id), cluster_id=proposal.cluster_id, actor_id=by)
    await db.flush()
    await tell(db, proposal, "proposal_ended", by)


async def wake_for(db: AsyncSession, round_: ProposalRound) -> None:
    """Look at a round when it begins, if it has not, and when it ends."""
    for at in (round_.begins_at, round_.ends_at) if round_.begins_at > real_now() else (round_.ends_at,):
        # A job's moment is counted from the beginning of its transaction: a minute more, and its time has passed then.
        after = max(at - real_now(), timedelta()) + timedelta(minutes=1)
        await enqueue(db, "proposal.turn", after=after, proposal_id=round_.proposal_id, number=round_.number)


async def wake_now(db: AsyncSession, round_: ProposalRound) -> None:
    await enqueue(db, "proposal.turn", proposal_id=round_.proposal_id, number=round_.number)


async def tell(
    db: AsyncSession,
    proposal: Proposal,
    kind: str,
    by: UUID | None,
    people: Sequence[UUID] | None = None,
    said_id: UUID | None = None,
) -> None:
    """After the commit: everybody of the cluster, or these people; never who did it.

    `said_id`: the voice or answer whose words are told, in place of those of the proposal.
    """
    payload: dict[str, Any] = {"proposal_id": proposal.id, "kind": kind, "by": by, "people": people, "said_id": said_id}
    await enqueue(db, "proposal.tell", **payload, at=now().isoformat())


def evening(day: date, cluster: Cluster) -> datetime:
    """When a round ends that lasts until this day."""
    return datetime.combine(day, EVENING, ZoneInfo(cluster.zone))


async def opened(db: AsyncSession, found: VisibleProposal, action: str) -> tuple[VisibleProposal, ProposalRound]:
    """The proposal as it is now, locked, in a cluster that stays open meanwhile, with the round that is asked.

    Raises ProposalNotAsked, ClusterClosed.
    """
    cluster = await lock(db, Cluster, found.id, key_share=True)
    proposal = await lock(db, Proposal, found.proposal.id)
    asked = await asked_now(db, proposal.id, now())
    opened = VisibleProposal(cluster, proposal, asked)
    hold(RULES, action, opened)
    assert asked
    return opened, asked


def _of_deed(new: ProposalIn) -> dict[str, Any]:
    if new.matter == Matter.school and new.school:
        return {"details": new.school.model_dump(mode="json"), "about": f"school {new.school.school_id}"}
    if new.matter == Matter.plan and new.plan:
        about = f"part {new.plan.part_id}" if new.plan.part_id else None
        return {"details": new.plan.model_dump(mode="json"), "about": about}
    if new.matter == Matter.decision_rule and new.decision_rule:
        return {"details": new.decision_rule.model_dump(mode="json"), "about": "decision rule"}
    return {}


def _rounds(
    proposal: Proposal, cluster: Cluster, new: ProposalIn, process: Process, days: int
) -> list[ProposalRound]:  # fmt: skip
    """Those that were wished for first, then the one that decides. Raises Invalid."""
    begins = today = now()
    zone = ZoneInfo(cluster.zone)
    rounds: list[tuple[Process, datetime, datetime]] = []
    for first in new.first:
        ends = evening(begins.astimezone(zone).date() + timedelta(days=FIRST_DAYS), cluster)
        rounds.append((first, begins, ends))
        begins = ends
    last = new.ends_at or evening(begins.astimezone(zone).date() + timedelta(days=days), cluster)
    if last > today + LONGEST:
        raise field_invalid("ends_at", "round_too_long")
    # What lies before its beginning may be a day that no zone has.
    last_day = last.astimezone(zone).date() if last > begins else date.min
    if last_day < begins.astimezone(zone).date() + timedelta(days=days):
        raise field_invalid("ends_at", "round_too_short", days=days)
    if any(day <= last_day for day in new.days):
        raise field_invalid("days", "day_before_end")
    if new.asks_again_on and not last_day < new.asks_again_on <= (last + LATEST_AGAIN).date():
        raise field_invalid("asks_again_on", "again_outside")
    rounds.append((process, begins, last))
    return [
        ProposalRound(
            proposal_id=proposal.id, number=number, process=process, begins_at=begins, ends_at=ends,
            told_at=today if number == 1 else None,
        )
        for number, (process, begins, ends) in enumerate(rounds, 1)
    ]  # fmt: skip
