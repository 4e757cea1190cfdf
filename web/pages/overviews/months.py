"""The months of a school year as a row of figures: how dark each is, and what is still to come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kit.dates import FIRST_MONTH, SUMMER

DARKEST = 9
MOST_DOTS = 3


@dataclass(frozen=True)
class Month:
    """Its first day; `key` as the services write it. What is `ahead` is planned at most."""

    day: date
    ahead: bool

    @property
    def key(self) -> str:
        return f"{self.day:%Y-%m}"


def months_of(year: int, today: date, used: Iterable[str] = ()) -> list[Month]:
    """Those of a school year; July and August only where something was in them."""
    known = set(used)
    first = date(year, FIRST_MONTH, 1)
    days = [date(year + (first.month + n - 1) // 12, (first.month + n - 1) % 12 + 1, 1) for n in range(12)]
    months = [Month(day, day > today) for day in days]
    return [month for month in months if month.day.month not in SUMMER or month.key in known]


@dataclass(frozen=True)
class Heat:
    """How dark a figure is beside the largest of its table."""

    most: int

    def of(self, count: int) -> str:
        return f"h{-(-DARKEST * count // self.most) if self.most else 0}"


def heat_of(rows: Iterable[Mapping[str, int]]) -> Heat:
    return Heat(max((count for row in rows for count in row.values()), default=0))


def dots(planned: int) -> str:
    """One for each planned meeting, three at most."""
    return "•" * min(planned, MOST_DOTS) or "·"
