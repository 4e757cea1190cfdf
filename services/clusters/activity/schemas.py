from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, BaseModel, Field

from services.clusters.activity.models import Source
from services.roster.activity.models import NO_SCHOOL, ActivityKind


def _first_of_month(day: date) -> date:
    if day.day != 1:
        raise ValueError("is not the first day of a month")
    return day


class SumIn(BaseModel):
    """How much of a kind there was in a month (its first day), when the last was, and when it was counted."""

    cluster_id: UUID
    month: Annotated[date, AfterValidator(_first_of_month)]
    kind: ActivityKind
    school_id: UUID = NO_SCHOOL
    count: int = Field(ge=0, le=1_000_000)
    last_on: date
    counted_at: AwareDatetime


class SumsIn(BaseModel):
    """`complete`: with these, all that the source has counted until now is told."""

    source: Source
    complete: bool = False
    sums: list[SumIn] = Field(max_length=500)
