"""A time as people say it: a wall clock in a zone, made into a moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError


def moment(wall: datetime, zone: str) -> datetime:
    """The moment when the clocks of `zone` show `wall`; an aware time is taken as it is.

    Raises `time_skipped` when the clocks jump over that time. When they show it twice, the first is meant.
    """
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise PydanticCustomError("time_skipped", "the clocks jump over this time", {"zone": zone})
    return at
