"""The shapes of days in `year/`: by the week of a school year, and those without lessons."""

from typing import Literal, TypeAlias

from pydantic import BaseModel, model_validator

Weekday: TypeAlias = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
SchoolYear: TypeAlias = Literal["former", "present"]


class Holiday(BaseModel, extra="forbid", frozen=True):
    """Days without lessons in each school year: `begins` to `ends` (month-day), from and to so many days after Easter,
    or the week of the school year with this number.
    """

    name: str
    begins: str = ""
    ends: str | None = None
    easter: tuple[int, int] | None = None
    school_week: int | None = None


class Day(BaseModel, extra="forbid", frozen=True):
    """A day of the former or present school year by its week, from 1; or so many school days from the day of loading.

    What is planned for the present year takes place when its day has come.
    """

    year: SchoolYear | None = None
    week: int = 0
    weekday: Weekday = "monday"
    school_day: int | None = None

    @model_validator(mode="after")
    def is_one_day(self) -> "Day":
        if (self.year is None) != (self.school_day is not None) or (self.year is None) != (self.week == 0):
            raise ValueError("say year and week, or school_day")
        return self
