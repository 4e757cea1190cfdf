"""A time as people say it: a wall clock in a zone, made into a moment."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from kit.problems import field_invalid


def moment(field: str, wall: datetime, zone: str) -> datetime:
    """The moment when the clocks of `zone` show `wall`; an aware time is taken as it is.

    Raises Invalid at `field` when the clocks jump over that time. When they show it twice, the first is meant.
    """
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    at = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    if at.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall:
        raise field_invalid(field, "time_skipped", zone=zone)
    return at
