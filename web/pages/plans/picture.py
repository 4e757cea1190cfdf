"""A plan as a picture: a bar for each activity, a mark for each milestone, on the months of its year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kit.dates import FIRST_MONTH
from web.clients.clusters.plans import PlanPart

WIDE, LABELS, EDGE = 720.0, 190.0, 8.0
TOP, ROW, BELOW = 28.0, 26.0, 30.0
LAST_MONTH = 6
MOST_BARS = 40


@dataclass(frozen=True)
class Bar:
    """An activity: where it stands, and how much of it is behind us."""

    title: str
    x: float
    y: float
    wide: float
    past: float


@dataclass(frozen=True)
class Mark:
    x: float
    done: bool


@dataclass(frozen=True)
class Picture:
    """Lengths are those of its view box; `months` are their first days with where they begin."""

    high: float
    months: list[tuple[date, float]]
    month_wide: float
    bars: list[Bar]
    marks: list[Mark]
    today: float | None


def picture_of(parts: Iterable[PlanPart], year: int, today: date) -> Picture | None:
    """The first forty activities and all milestones; None where nothing has a day."""
    dated = [part for part in parts if part.ends and part.kind in ("activity", "milestone")]
    if not dated:
        return None
    days = [day for part in dated for day in (part.begins, part.ends) if day]
    first = min(date(year, FIRST_MONTH, 1), min(days).replace(day=1))
    end = _month_after(max(date(year + 1, LAST_MONTH, 1), max(days).replace(day=1)))
    span = (end - first).days

    def at(day: date) -> float:
        return LABELS + (day - first).days / span * (WIDE - LABELS - EDGE)

    months = [first]
    while (following := _month_after(months[-1])) < end:
        months.append(following)
    bars = []
    for row, part in enumerate([part for part in dated if part.kind == "activity"][:MOST_BARS]):
        begin, close = at(part.begins or first), at(part.ends or end)
        past = min(max(at(today) - begin, 0), close - begin)
        bars.append(Bar(part.title, begin, TOP + row * ROW, max(close - begin, 3), past))
    milestones = [part for part in dated if part.kind == "milestone"]
    marks = [Mark(at(part.ends), bool(part.done_at)) for part in milestones if part.ends]
    high = TOP + len(bars) * ROW + BELOW
    wide = (WIDE - LABELS - EDGE) / len(months)
    return Picture(
        high, [(day, at(day)) for day in months], wide, bars, marks, at(today) if first <= today < end else None
    )


def _month_after(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)
