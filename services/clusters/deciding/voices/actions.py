from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.problems import Problem, field_invalid
from services.clusters.deciding.decision_rules.models import Says
from services.clusters.deciding.decision_rules.processes import DOTS, PROCESSES
from services.clusters.deciding.proposals.actions import opened, tell
from services.clusters.deciding.proposals.models import Proposal, ProposalRound
from services.clusters.deciding.proposals.queries import VisibleProposal
from services.clusters.deciding.voices.models import Voice, VoiceAnswer
from services.clusters.deciding.voices.queries import answers_to, earlier_voices, voice_of
from services.clusters.deciding.voices.schemas import VoiceAnswerIn, VoiceIn
from services.clusters.policy.states import ProposalNotAsked
from services.roster.standing import Member

MOST_EARLIER, MOST_ANSWERS = 10, 50


class TooManyVoices(Problem):
    status, title = 409, "You have changed your voice ten times in this round: talk to each other first"


class TooManyVoiceAnswers(Problem):
    status, title = 409, "Fifty answers stand here: talk to each other first"


async def speak(db: AsyncSession, found: VisibleProposal, said: VoiceIn, actor: Member) -> None:
    """Say something in the round that is asked, or something else than before.

    Raises ProposalNotAsked, TooManyVoices, Invalid, ClusterClosed.
    """
    assert actor.id
    found, asked = await opened(db, found, "proposal.speak")
    if asked.number != said.round:
        raise ProposalNotAsked
    given: dict[str, Any] = {"says": said.says, "reason": said.reason, "dots": _dots(found.proposal, asked, said)}
    before = await voice_of(db, asked, actor.id)
    if before and given == {"says": before.says, "reason": before.reason, "dots": before.dots}:
        return
    # Whoever gives no reason is always heard: a concern can be taken back at any time.
    if said.reason and await earlier_voices(db, asked, actor.id) >= MOST_EARLIER:
        raise TooManyVoices
    language = said.language or actor.language
    if before and not before.reason:
        for name, value in given.items():
            setattr(before, name, value)
        before.language, before.given_at = language, now()
        voice = before
    else:
        if before:
            before.changed_at = now()
            await db.flush()
        given |= {"proposal_id": asked.proposal_id, "round": asked.number, "person_id": actor.id}
        voice = Voice(**given, language=language)
        db.add(voice)
    await db.flush()
    if said.says in (Says.question, Says.concern):
        await tell(db, found.proposal, "proposal_raised", actor.id, [found.proposal.proposed_by], voice.id)


async def answer(db: AsyncSession, found: VisibleProposal, voice_id: UUID, said: VoiceAnswerIn, actor: Member) -> None:
    """Answer somebody's question or concern, while it is asked.

    Raises TooManyVoiceAnswers, ProposalNotAsked, Invalid.
    """
    assert actor.id
    found, asked = await opened(db, found, "proposal.answer")
    voice = await db.get(Voice, voice_id)
    is_there = voice and (voice.proposal_id, voice.round) == (asked.proposal_id, asked.number)
    if voice is None or not is_there or voice.changed_at or not voice.reason:
        raise field_invalid("voice_id", "unknown")
    if await answers_to(db, voice.id) >= MOST_ANSWERS:
        raise TooManyVoiceAnswers
    language = said.language or actor.language
    written = VoiceAnswer(voice_id=voice.id, text=said.text, language=language, written_by=actor.id)
    db.add(written)
    await db.flush()
    await tell(db, found.proposal, "proposal_answered", actor.id, [voice.person_id], written.id)


def _dots(proposal: Proposal, asked: ProposalRound, said: VoiceIn) -> list[int]:
    """Raises Invalid for what cannot be said in this round, or not without a reason."""
    words = PROCESSES[asked.process]
    if said.says not in words.says:
        raise field_invalid("says", "says_elsewhere")
    if said.says in words.with_reason and not said.reason:
        raise field_invalid("reason", "missing")
    if said.says != Says.dots:
        return []
    if len(said.dots) != len(proposal.options) or not 1 <= sum(said.dots) <= DOTS:
        raise field_invalid("dots", "dots_wrong", most=DOTS)
    return said.dots
