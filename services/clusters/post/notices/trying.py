"""When a letter that was not taken is tried again."""

from datetime import timedelta

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=6)


def again_in(age: timedelta, tried_for: timedelta) -> timedelta | None:
    """As long as it has been tried for, so that the pauses grow; None once that is long enough."""
    return None if age >= tried_for else min(max(age, SHORTEST), LONGEST)
