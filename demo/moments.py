"""A minute for each act: in working hours or in the evening, and no two acts in one."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

from demo.calendar import Calendar

MINUTE = timedelta(minutes=1)
# Before the first lesson, after the last one, when the children are asleep: from when, how many minutes.
WAKING = ((time(7, 5), 45), (time(12, 40), 230), (time(18, 50), 150))


def drawn(key: str, below: int) -> int:
    """A number from 0 that is always the same for the same key."""
    return crc32(key.encode()) % below


class Moments:
    """The moments of acts by key; an act that would not be over before `today` has none."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.of: dict[str, datetime] = {}
        self._taken: set[datetime] = set()

    def set(self, key: str, day: date, zone: str, *, after: str | None = None) -> bool:
        """Give an act a moment on this day, later than that of the act `after`; whether there is one."""
        if day >= self.today or (after and after not in self.of):
            return False
        wanted = _minute(key, day, zone)
        if after and wanted <= self.of[after]:
            wanted = self.of[after].replace(second=0) + MINUTE * (3 + drawn(key, 15))
        self._take(key, wanted)
        return True

    def set_in_order(self, keys: Sequence[str], days: Sequence[date], zone: str) -> None:
        """Spread acts over these days, one after the other in the order of their keys."""
        spread = [days[number * len(days) // len(keys)] for number in range(len(keys))]
        wanted = sorted(_minute(key, day, zone) for key, day in zip(keys, spread, strict=True))
        last = wanted[0] - MINUTE
        for key, minute in zip(keys, wanted, strict=True):
            self._take(key, max(minute, last + MINUTE))
            last = self.of[key].replace(second=0)

    def _take(self, key: str, wanted: datetime) -> None:
        while wanted in self._taken:
            wanted += MINUTE
        self._taken.add(wanted)
        self.of[key] = wanted.replace(second=drawn(key, 60))


def steps_drawn(calendar: Calendar, day: date, key: str, least: int, most: int) -> date:
    """So many school days later, at least and at most."""
    return calendar.step(day, least + drawn(key, most - least + 1)) if most else day


def _minute(key: str, day: date, zone: str) -> datetime:
    left = drawn(key, sum(minutes for _, minutes in WAKING))
    for begins, minutes in WAKING:
        if left < minutes:
            return (datetime.combine(day, begins, ZoneInfo(zone)) + MINUTE * left).astimezone(UTC)
        left -= minutes
    raise AssertionError
