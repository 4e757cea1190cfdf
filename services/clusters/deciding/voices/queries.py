from collections.abc import Mapping
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from services.clusters.deciding.decision_rules.processes import Said
from services.clusters.deciding.proposals.models import ProposalRound
from services.clusters.deciding.voices.models import Voice, VoiceAnswer


async def voices_in(db: AsyncSession, round_: ProposalRound) -> Mapping[UUID, Said]:
    """What each person says in a round."""
    live = select(Voice).where(
        Voice.proposal_id == round_.proposal_id, Voice.round == round_.number, col(Voice.changed_at).is_(None)
    )
    return {voice.person_id: Said(voice.says, tuple(voice.dots)) for voice in await db.exec(live)}


async def voice_of(db: AsyncSession, round_: ProposalRound, person_id: UUID) -> Voice | None:
    live = select(Voice).where(
        Voice.proposal_id == round_.proposal_id,
        Voice.round == round_.number,
        Voice.person_id == person_id,
        col(Voice.changed_at).is_(None),
    )
    return (await db.exec(live)).one_or_none()


async def earlier_voices(db: AsyncSession, round_: ProposalRound, person_id: UUID) -> int:
    """How many voices with a reason somebody has changed in this round."""
    kept = select(sa.func.count()).where(
        Voice.proposal_id == round_.proposal_id, Voice.round == round_.number, Voice.person_id == person_id,
        col(Voice.changed_at).is_not(None),
    )  # fmt: skip
    return (await db.exec(kept)).one()


async def answers_to(db: AsyncSession, voice_id: UUID) -> int:
    return (await db.exec(select(sa.func.count()).where(VoiceAnswer.voice_id == voice_id))).one()


async def words_of(db: AsyncSession, said_id: UUID) -> tuple[str, str]:
    """What somebody said with a voice, or answered to one, and its language."""
    if voice := await db.get(Voice, said_id):
        return voice.reason, voice.language
    answered = await db.get_one(VoiceAnswer, said_id)
    return answered.text, answered.language
