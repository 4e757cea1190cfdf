from datetime import date
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel


class Why(StrEnum):
    """Why a look might help: in the order of how much.

    `quiet`: nothing has happened in a cluster `since`; `quiet_school`: nobody of a school took part. `no_plan`: a
    cluster has none for this year. `late`: milestones of its plan are, the first `since`. `few_entries`: its people
    meet and hardly write.
    """

    quiet = "quiet"
    no_plan = "no_plan"
    late = "late"
    quiet_school = "quiet_school"
    few_entries = "few_entries"


class NudgeOut(BaseModel):
    """One thing that a look might help with. `count` is that of late milestones, or of the meetings of the year."""

    why: Why
    cluster_id: UUID
    cluster: str
    school_id: UUID | None
    school: str
    since: date | None
    count: int
    entries: int


class RestIn(BaseModel):
    """Until when I do not want to be nudged about this cluster, or a school in it; null: nudge me again."""

    school_id: UUID | None = None
    until: date | None
