"""Rounds that end are counted, once; with the last one a proposal ends, and what was decided is done."""

from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import NEWS_FOR, Said, happening, now, real_now
from kit.db import Database, plain
from kit.facts import record
from kit.locking import lock
from kit.problems import Problem
from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.memberships.queries import members_of
from services.clusters.deciding.counting.outcomes import Outcome, outcome_of
from services.clusters.deciding.counting.queries import rounds_after, was_reopened_since
from services.clusters.deciding.decision_rules.models import Matter, Process
from services.clusters.deciding.decision_rules.processes import PROCESSES
from services.clusters.deciding.proposals.actions import evening, tell, wake_for, wake_now
from services.clusters.deciding.proposals.deeds import do_deed
from services.clusters.deciding.proposals.models import Deed, Proposal, ProposalRound, ProposalState
from services.clusters.deciding.proposals.queries import asked_now
from services.clusters.deciding.proposals.schemas import OutcomeOut, ProposedSchool
from services.clusters.deciding.voices.queries import voices_in, words_of
from services.clusters.directory.people.queries import hold_those_here, name_of
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn
from services.clusters.year_facts import ProposalAsked, ProposalDecided, ProposalEnded, ProposalNotDecided

ASKED_AGAIN_FOR = timedelta(days=7)
UNDER_WAY = (ProposalState.open, ProposalState.decided)


async def count(database: Database, proposal_id: UUID, number: int) -> None:
    """Count a round that has ended; one that was counted, or whose proposal was taken back, is left alone."""
    async with database.transaction() as db:
        known = await db.get_one(Proposal, proposal_id)
        if known.matter == Matter.school:
            # Whom its deed tells before the cluster, as by who leaves for good: each could wait for the other.
            school = ProposedSchool.model_validate(known.details)
            await hold_those_here(db, await leaders_of(db, school.school_id))
        # The cluster first, and for itself alone: what was decided is done in the same transaction.
        cluster = await lock(db, Cluster, known.cluster_id)
        proposal = await lock(db, Proposal, proposal_id)
        round_ = await lock(db, ProposalRound, (proposal_id, number))
        is_over = round_.ends_at <= real_now() and cluster.closed_at is None and proposal.state in UNDER_WAY
        if round_.counted_at or not is_over:
            return
        connection = await plain(db)
        was_never_asked = round_.process == Process.still_holds and round_.told_at is None
        if was_never_asked or await was_reopened_since(connection, cluster.id, round_.ends_at):
            await _ask_once_more(db, cluster, proposal, round_)
            return
        members, voices = await members_of(connection, cluster.id), await voices_in(db, round_)
        outcome = outcome_of(
            round_.process, proposal.counted, proposal.needs_each_school, len(proposal.options), members, voices
        )
        kept = OutcomeOut.model_validate(outcome, from_attributes=True)
        round_.counted_at, round_.outcome = now(), kept.model_dump(mode="json")
        await db.flush()
        # What ended long ago is for the record, and no news.
        is_old = real_now() - round_.ends_at > NEWS_FOR
        with happening(Said(round_.ends_at, None) if is_old else None):
            if round_.process == Process.still_holds:
                await _ask_no_more(db, proposal, round_, outcome)
            elif PROCESSES[round_.process].decides:
                await _end(db, cluster, proposal, round_, outcome)


async def announce(database: Database, proposal_id: UUID, number: int) -> None:
    """Tell a cluster, once, that a further round has begun; while it is closed, it is asked nothing."""
    async with database.transaction() as db:
        known = await db.get_one(Proposal, proposal_id)
        cluster = await lock(db, Cluster, known.cluster_id, key_share=True)
        proposal = await lock(db, Proposal, proposal_id)
        round_ = await lock(db, ProposalRound, (proposal_id, number))
        has_begun = round_.begins_at <= real_now() < round_.ends_at and cluster.closed_at is None
        if has_begun and round_.told_at is None and proposal.state in UNDER_WAY:
            round_.told_at = now()
            fact = ProposalAsked(proposal_id=proposal.id)
            record(db, fact, cluster_id=proposal.cluster_id)
            await tell(db, proposal, "proposal_round", None)


async def tell_members(
    database: Database,
    proposal_id: UUID,
    kind: str,
    by: UUID | None,
    people: list[UUID] | None,
    said_id: UUID | None,
    at: datetime,
) -> None:
    """Whoever belongs to the cluster, or those of them whom it concerns; each once."""
    async with database.transaction() as db:
        proposal = await db.get_one(Proposal, proposal_id)
        cluster = await db.get_one(Cluster, proposal.cluster_id)
        connection = await plain(db)
        members = await members_of(connection, cluster.id)
        asked = await asked_now(db, proposal.id, at)
        params = {
            "title": proposal.title,
            "language": proposal.language,
            "cluster": cluster.name,
            "by": await name_of(db, by),
            "state": proposal.state,
        }
        if asked:
            params |= {"process": asked.process, "ends_at": asked.ends_at.isoformat()}
        text, language = await words_of(db, said_id) if said_id else (proposal.text, proposal.language)
        letter = {"text": text, "text_language": language}
        told = [
            NoticeIn(
                person_id=person_id,
                kind=kind,
                params=params,
                letter=letter,
                named={"by": by} if by else {},
                path=f"/proposals/{proposal.id}",
                once=f"{kind} {proposal.id} {person_id} {at.isoformat()}",
            )
            for person_id in sorted(members.keys() if people is None else members.keys() & {*people})
            if person_id != by
        ]
        await tell_people(connection, told)


async def _end(
    db: AsyncSession, cluster: Cluster, proposal: Proposal, round_: ProposalRound, outcome: Outcome
) -> None:  # fmt: skip
    proposal.ended_at, proposal.chosen, proposal.running_until = round_.ends_at, outcome.chosen, None
    if outcome.decided and len(proposal.options) == 1:
        proposal.chosen = 0
    proposal.state = ProposalState.decided if outcome.decided else ProposalState.not_decided
    told = ProposalDecided(proposal_id=proposal.id)
    fact = ProposalNotDecided(proposal_id=proposal.id, why=outcome.why) if outcome.why else told
    record(db, fact, cluster_id=cluster.id, actor_id=cluster.id)
    await db.flush()
    if outcome.decided:
        deed, problem = await _do(db, cluster, proposal)
        # As it is after a deed that was given up: what the session knew of it may be gone with that.
        proposal = await lock(db, Proposal, proposal.id)
        proposal.deed, proposal.deed_problem = deed, problem
        await _ask_again(db, await lock(db, Cluster, proposal.cluster_id), proposal, round_.number)
    await tell(db, proposal, "proposal_ended", None)


async def _do(db: AsyncSession, cluster: Cluster, proposal: Proposal) -> tuple[Deed, str]:
    try:
        async with db.begin_nested():
            deed = await do_deed(db, cluster, proposal)
            await db.flush()
            return deed, ""
    except Problem as problem:
        return Deed.failed, problem.type()


async def _ask_again(db: AsyncSession, cluster: Cluster, proposal: Proposal, number: int) -> None:
    """On the day that was agreed it is asked once whether it still holds."""
    if proposal.asks_again_on is None:
        return
    begins = evening(proposal.asks_again_on, cluster) - timedelta(hours=10)
    ends = evening(proposal.asks_again_on + ASKED_AGAIN_FOR, cluster)
    again = ProposalRound(
        proposal_id=proposal.id, number=number + 1, process=Process.still_holds, begins_at=begins, ends_at=ends
    )
    db.add(again)
    proposal.running_until = ends
    await db.flush()
    await wake_for(db, again)


async def _ask_once_more(db: AsyncSession, cluster: Cluster, proposal: Proposal, round_: ProposalRound) -> None:
    """Its time passed while its cluster was closed, or nobody looked: it is asked for a week from now on."""
    zone = ZoneInfo(cluster.zone)
    ends = evening((real_now() + ASKED_AGAIN_FOR).astimezone(zone).date(), cluster)
    # In days, so that evenings stay evenings where clocks change meanwhile.
    later = ends.date() - round_.ends_at.astimezone(zone).date()
    round_.begins_at, round_.ends_at, round_.told_at = real_now(), ends, None
    if proposal.asks_again_on and round_.process != Process.still_holds:
        proposal.asks_again_on += later
    moved = [round_]
    for following in await rounds_after(db, round_):
        following.begins_at = ends
        following.ends_at = ends = evening(following.ends_at.astimezone(zone).date() + later, cluster)
        moved.append(following)
    proposal.running_until = moved[-1].ends_at
    await db.flush()
    for each in moved:
        await wake_for(db, each)
    await wake_now(db, round_)


async def _ask_no_more(db: AsyncSession, proposal: Proposal, round_: ProposalRound, outcome: Outcome) -> None:
    proposal.running_until = None
    if not outcome.decided:
        proposal.state, proposal.ended_at = ProposalState.ended, round_.ends_at
        fact = ProposalEnded(proposal_id=proposal.id)
        record(db, fact, cluster_id=proposal.cluster_id, actor_id=proposal.cluster_id)
        await tell(db, proposal, "proposal_ended", None)
