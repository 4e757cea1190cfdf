from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Json, Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.clusters.deciding.decision_rules.models import Says


class Voice(Base, table=True):
    """What somebody says in a round; one that was changed afterwards stays, if it had a reason.

    `dots`: how many this person gives to each option.
    """

    __table_args__ = (
        sa.Index(
            "uq_voice_live", "proposal_id", "round", "person_id", unique=True,
            postgresql_where=sa.text("changed_at IS NULL"),
        ),
        sa.Index("ix_voice_proposal_id_id", "proposal_id", "id"),
    )  # fmt: skip

    id: UUID = Field(default_factory=new_id, primary_key=True)
    proposal_id: UUID = Field(foreign_key="proposal.id")
    round: int
    person_id: UUID = Field(index=True)
    says: Says = Field(sa_type=choice(Says))
    reason: str = ""
    language: str
    dots: list[int] = Field(default_factory=list, sa_type=Json)
    given_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_at: datetime | None = Field(default=None, sa_type=Timestamp)


class VoiceAnswer(Base, table=True):
    """An answer to somebody's question or concern."""

    __table_args__ = (sa.Index("ix_voice_answer_voice_id_id", "voice_id", "id"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    voice_id: UUID = Field(foreign_key="voice.id")
    text: str
    language: str
    written_by: UUID = Field(index=True)
    written_at: datetime = Field(default_factory=now, sa_type=Timestamp)
