"""The shapes of what clusters and offices ask of each other."""

from typing import Literal

from pydantic import BaseModel

from demo.days import Day


class HelpAnswer(BaseModel, extra="forbid", frozen=True):
    """What somebody wrote under a request for help; `settled`: nothing more was needed after it."""

    by: str
    text: str
    language: str
    settled: bool = False


class Help(BaseModel, extra="forbid", frozen=True):
    """What somebody of the cluster asked its national coordinator; without a `day` it is asked just now."""

    by: str
    about: str
    text: str
    language: str
    readers: Literal["coordinators", "nobody"] = "coordinators"
    day: Day | None = None
    answers: list[HelpAnswer] = []


class PlanPart(BaseModel, extra="forbid", frozen=True):
    """A part of the plan of the present year; its days are month and day. `done`: ticked once its day has passed."""

    kind: Literal["priority", "goal", "activity", "milestone"]
    title: str
    text: str = ""
    section: str | None = None
    begins: str | None = None
    ends: str | None = None
    who: str = ""
    school: str | None = None
    done: bool = False


class PlanAnswer(BaseModel, extra="forbid", frozen=True):
    by: str
    word: str
    language: str


class ClusterPlan(BaseModel, extra="forbid", frozen=True):
    """The plan of the present year. `later`: what is written after its approval, and handed in just now."""

    by: str
    day: Day
    language: str
    parts: list[PlanPart]
    answer: PlanAnswer | None = None
    later: list[PlanPart] = []


class Todo(BaseModel, extra="forbid", frozen=True):
    """What an office (`by`) asks all clusters of its country to do; `ticked_by` somebody of this one, in time."""

    by: str
    title: str
    text: str = ""
    language: str
    day: Day
    due: Day
    ticked_by: str | None = None


class VoiceAnswer(BaseModel, extra="forbid", frozen=True):
    by: str
    text: str
    language: str = "en"


class Voice(BaseModel, extra="forbid", frozen=True):
    """What somebody said to a proposal; `taken_back`: they said yes in the end."""

    by: str
    says: str
    reason: str = ""
    language: str = "en"
    answers: list[VoiceAnswer] = []
    taken_back: bool = False
    dots: list[int] = []


class ProposedSchool(BaseModel, extra="forbid", frozen=True):
    """A school outside that is to be asked."""

    name: str
    kind: str
    town: str
    latitude: float
    longitude: float
    website: str


class Proposal(BaseModel, extra="forbid", frozen=True):
    """What somebody proposed to the cluster, asked for so many school `days`, and `again_after` so many again."""

    by: str
    day: Day
    days: int
    again_after: int | None = None
    title: str
    text: str
    language: str = "en"
    options: list[str] = []
    school: ProposedSchool | None = None
    voices: list[Voice] = []
