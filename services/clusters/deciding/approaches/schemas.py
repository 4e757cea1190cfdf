from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.clusters.clusters.clusters.models import Approach
from services.clusters.doors.joining.schemas import Word


class ClusterApproachIn(BaseModel):
    """How the cluster is led from now on, with a word to those who lead its schools."""

    approach: Approach
    word: Word = ""


class WaitingProposalOut(BaseModel):
    """A proposal that is withdrawn when the ministry decides what it is about."""

    id: UUID
    title: str
    language: str


class WaitingPlanOut(BaseModel):
    """A plan that was handed in."""

    id: UUID
    year: int


class ClusterApproachOut(BaseModel):
    """How a cluster is led, and what would become of what waits in it under the other approach.

    `plans`: those that were handed in, and are drafts again, for nobody approves them any more. `proposals`: those that
    are withdrawn, for the cluster decides what they do by itself no more. `todos`: how many things that its office
    asked for, and that are not done, become suggestions, or are owed from then on.
    """

    approach: Approach
    plans: list[WaitingPlanOut]
    proposals: list[WaitingProposalOut]
    todos: Annotated[int, Field(ge=0)]
    can: list[str]
