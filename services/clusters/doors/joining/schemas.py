from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Zone
from services.clusters.clusters.clusters.schemas import Title
from services.clusters.clusters.memberships.models import SchoolRole
from services.clusters.doors.joining.models import SchoolAnswer

Word = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]


class SchoolInvitationIn(BaseModel):
    """Which school is asked, as what, and a word to those who answer for it."""

    school_id: UUID
    role: SchoolRole = SchoolRole.mentee
    word: Word = ""


class AnswerIn(BaseModel):
    """A word to who asked."""

    word: Word = ""


class ProposedClusterIn(BaseModel):
    """A cluster that a school proposes: of its country, set up by its schools."""

    name: Title
    zone: Zone


class SchoolInvitationOut(BaseModel):
    """A school that is asked into a cluster; `answer` is null while it has said nothing.

    The words of who asked and who answered are empty for everybody else.
    """

    id: UUID
    cluster_id: UUID
    cluster: str
    school_id: UUID
    school: str
    town: str
    role: SchoolRole
    word: str
    by: Annotated[str, Field(description="Who asks; empty for the house itself")]
    is_led: Annotated[bool, Field(description="Whether anybody can answer for the school yet")]
    invited_at: datetime
    answer: SchoolAnswer | None
    answer_word: str
    answered_at: datetime | None
    can: list[str] = []
