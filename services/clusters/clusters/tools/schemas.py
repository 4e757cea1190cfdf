from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from kit.fields import Line, OptionalWebAddress
from services.clusters.clusters.tools.models import ToolKind

Name = Annotated[str, Line(120)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=1_000)]


class ToolIn(BaseModel):
    """What a cluster works with: of which kind, what it is called, where it is, and what one should know."""

    kind: ToolKind
    name: Name
    address: OptionalWebAddress = ""
    note: Note = ""


class LockoutIn(BaseModel):
    """That a school cannot get in, with a word why."""

    word: Note = ""


class LockoutOut(BaseModel):
    school_id: UUID
    school: str
    word: str
    begun_at: datetime


class ToolOut(BaseModel):
    """A tool of a cluster, with the schools of the cluster that cannot get in."""

    id: UUID
    cluster_id: UUID
    kind: ToolKind
    name: str
    address: str
    note: str
    version: int
    lockouts: list[LockoutOut]
    speaks_for: Annotated[
        list[UUID], Field(description="The schools for which I may say that they cannot get in, or can again")
    ]
    can: list[str]
