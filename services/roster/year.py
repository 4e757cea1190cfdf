"""School years and months, as sums of a page are bounded."""

from datetime import UTC, datetime

from kit.dates import FIRST_MONTH, school_year_of


def school_year(at: datetime) -> datetime:
    """When the school year began that this moment is in: on the first of September."""
    return datetime(school_year_of(at), FIRST_MONTH, 1, tzinfo=UTC)


def month(at: datetime) -> datetime:
    """When the month began that this moment is in."""
    return datetime(at.year, at.month, 1, tzinfo=UTC)
