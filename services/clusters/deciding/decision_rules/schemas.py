from typing import Annotated, Literal

from pydantic import BaseModel, Field

from services.clusters.deciding.decision_rules.models import USUAL_DAYS, Counted, Process

FEWEST_DAYS, MOST_DAYS = 1, 60
Days = Annotated[int, Field(strict=True, ge=FEWEST_DAYS, le=MOST_DAYS)]


class DecisionRuleIn(BaseModel):
    """By which process a proposal is decided, whose voices count, and for how many days it is asked.

    `needs_each_school`: nothing is decided unless somebody of each school has spoken.
    """

    process: Literal[Process.consent, Process.majority] = Process.consent
    counted: Counted = Counted.person
    needs_each_school: bool = True
    days: Days = USUAL_DAYS


class DecisionRuleOut(DecisionRuleIn):
    """The rule of a cluster; the usual one, which nobody chose, has the version 0.

    `proposes`: the kinds of things that I can propose to it.
    """

    version: int
    proposes: list[str]
    can: list[str]
