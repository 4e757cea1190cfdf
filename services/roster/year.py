"""School years and months, as sums of a page are bounded."""

from datetime import UTC, datetime

FIRST_MONTH = 9


def school_year(at: datetime) -> datetime:
    """When the school year began that this moment is in: on the first of September."""
    return datetime(at.year if at.month >= FIRST_MONTH else at.year - 1, FIRST_MONTH, 1, tzinfo=UTC)


def month(at: datetime) -> datetime:
    """When the month began that this moment is in."""
    return datetime(at.year, at.month, 1, tzinfo=UTC)
