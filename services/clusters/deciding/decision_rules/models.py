from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field

from kit.clock import now
from kit.db import Timestamp, choice
from services.clusters.base import Base

USUAL_DAYS = 7


class Process(StrEnum):
    """One round of a decision. The first two decide nothing; `still_holds` asks about what was decided."""

    questions = "questions"
    mood = "mood"
    consent = "consent"
    majority = "majority"
    dots = "dots"
    still_holds = "still_holds"


class Counted(StrEnum):
    """Whose voices are counted: those of people, or of schools, each as most of its people say."""

    person = "person"
    school = "school"


class Matter(StrEnum):
    """What a proposal is about, by which what happens once it is decided: an agreement only stands."""

    agreement = "agreement"
    date = "date"
    school = "school"
    plan = "plan"
    decision_rule = "decision_rule"


class Says(StrEnum):
    """What somebody says in a round; which of them can be said depends on its process."""

    question = "question"
    clear = "clear"
    good = "good"
    so_so = "so_so"
    bad = "bad"
    yes = "yes"
    no = "no"
    concern = "concern"
    aside = "aside"
    dots = "dots"
    holds = "holds"
    change = "change"
    done = "done"


class DecisionRule(Base, table=True):
    """How a cluster decides; without a row, as `USUAL` says."""

    cluster_id: UUID = Field(foreign_key="cluster.id", primary_key=True)
    process: Process = Field(default=Process.consent, sa_type=choice(Process))
    counted: Counted = Field(default=Counted.person, sa_type=choice(Counted))
    needs_each_school: bool = True
    days: int = USUAL_DAYS
    version: int = 1
    changed_at: datetime = Field(default_factory=now, sa_type=Timestamp)
    changed_by: UUID | None = None
