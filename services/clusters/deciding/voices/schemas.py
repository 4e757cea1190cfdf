from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from services.clusters.deciding.decision_rules.models import Says
from services.clusters.deciding.decision_rules.processes import DOTS
from services.clusters.deciding.proposals.schemas import MOST_OPTIONS, Reason, SaidLanguage


class VoiceIn(BaseModel):
    """What I say in this round; a question, a concern and another wording need a reason.

    `dots`: in a round of dots, how many of my three each option gets.
    """

    round: Annotated[int, Field(ge=1, le=10)]
    says: Says
    reason: Reason = ""
    dots: Annotated[list[Annotated[int, Field(ge=0, le=DOTS)]], Field(max_length=MOST_OPTIONS)] = []
    language: SaidLanguage = None


class VoiceAnswerIn(BaseModel):
    """An answer to a question or a concern."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
    language: SaidLanguage = None
