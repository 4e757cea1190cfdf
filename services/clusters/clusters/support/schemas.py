from typing import Annotated

from pydantic import BaseModel, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from services.clusters.clusters.support.levels import First, Level, Offer, in_school_year

Month = Annotated[int, Field(ge=1, le=12)]


class SupportIn(BaseModel):
    """From which month of each school year (1 to 12) the support is lighter; null: it never is. Until then, guided."""

    light_touch_from: Month | None
    on_request_from: Month | None

    @field_validator("on_request_from", mode="after")
    @classmethod
    def _after_light_touch(cls, asked: int | None, info: ValidationInfo) -> int | None:
        light = info.data.get("light_touch_from")
        if light is not None and asked is not None and in_school_year(asked) <= in_school_year(light):
            raise PydanticCustomError("support_order", "on request has to begin after the light touch")
        return asked


class BehaviourOut(BaseModel):
    """What a level means: about what a national coordinator is nudged, what comes first, what clusters are told."""

    level: Level
    quiet_weeks: int | None
    quiet_schools: bool
    few_entries: bool
    no_plan: bool
    late: bool
    first: First
    offer: Offer


class SupportOut(BaseModel):
    """The usual support has the version 0. `level` is that of today."""

    country: str
    light_touch_from: Month | None
    on_request_from: Month | None
    level: Level
    levels: list[BehaviourOut]
    version: int
    can: list[str]
