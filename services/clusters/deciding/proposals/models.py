from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import Field

from kit.clock import now
from kit.db import Json, Timestamp, choice
from kit.ids import new_id
from services.clusters.base import Base
from services.clusters.deciding.decision_rules.models import Counted, Matter, Process


class ProposalState(StrEnum):
    """`ended`: it was decided, and has done its work since."""

    open = "open"
    decided = "decided"
    not_decided = "not_decided"
    taken_back = "taken_back"
    ended = "ended"


class Deed(StrEnum):
    """What became of what a proposal does: with a decision it is done, or could not be."""

    nothing = "nothing"
    done = "done"
    failed = "failed"


class Proposal(Base, table=True):
    """Something that a cluster is to decide, by the rule that it had when it was proposed.

    `details` is what its deed needs, `about` what no two open ones may be about. `chosen` is the place in `options` of
    the one that was decided. `running_until`: the end of its last round, until that is counted. `deed_problem` is the
    type of the problem that a deed failed with.
    """

    __table_args__ = (
        sa.Index("ix_proposal_cluster_id_id", "cluster_id", "id"),
        sa.Index(
            "uq_proposal_open_about", "cluster_id", "about", unique=True, postgresql_where=sa.text("state = 'open'")
        ),
        sa.Index("ix_proposal_running", "cluster_id", postgresql_where=sa.text("running_until IS NOT NULL")),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    cluster_id: UUID = Field(foreign_key="cluster.id")
    matter: Matter = Field(sa_type=choice(Matter))
    title: str
    text: str = ""
    language: str
    options: list[str] = Field(default_factory=list, sa_type=Json)
    details: dict[str, Any] = Field(default_factory=dict, sa_type=Json)
    about: str | None = None
    counted: Counted = Field(sa_type=choice(Counted))
    needs_each_school: bool
    asks_again_on: date | None = None
    state: ProposalState = Field(default=ProposalState.open, sa_type=choice(ProposalState))
    chosen: int | None = None
    deed: Deed = Field(default=Deed.nothing, sa_type=choice(Deed))
    deed_problem: str = ""
    proposed_by: UUID = Field(index=True)
    proposed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    ended_at: datetime | None = Field(default=None, sa_type=Timestamp)
    running_until: datetime | None = Field(default=None, sa_type=Timestamp)


class ProposalRound(Base, table=True):
    """A round of a proposal: asked from `begins_at` until `ends_at`, counted once, which gives its `outcome`."""

    __table_args__ = (
        sa.Index("ix_proposal_round_uncounted", "ends_at", postgresql_where=sa.text("counted_at IS NULL")),
        sa.Index("ix_proposal_round_untold", "begins_at", postgresql_where=sa.text("told_at IS NULL")),
    )

    proposal_id: UUID = Field(foreign_key="proposal.id", primary_key=True)
    number: int = Field(primary_key=True)
    process: Process = Field(sa_type=choice(Process))
    begins_at: datetime = Field(sa_type=Timestamp)
    ends_at: datetime = Field(sa_type=Timestamp)
    told_at: datetime | None = Field(default=None, sa_type=Timestamp)
    counted_at: datetime | None = Field(default=None, sa_type=Timestamp)
    outcome: dict[str, Any] | None = Field(default=None, sa_type=Json)
