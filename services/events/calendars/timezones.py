"""The clocks of a zone around an event as VTIMEZONE (RFC 5545, 3.6.5): the text alone tells the moments. No I/O."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, MINUTE, SECOND, NOTHING = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1), timedelta()
AROUND = timedelta(days=400)


@dataclass(frozen=True)
class Onset:
    """At the moment `at` the clocks, which were `before` ahead of UTC, begin to be `after` ahead of it."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    daylight: bool

    @property
    def wall(self) -> datetime:
        """What the clocks show then, before they are set: how VTIMEZONE says it."""
        return (self.at + self.before).replace(tzinfo=None)


@lru_cache(maxsize=500)
def timezone_of(zone: str, starts_at: datetime, ends_at: datetime) -> Timezone | None:
    """The rules that make these two moments of their wall clocks; None where only UTC can tell them to every reader."""
    clocks, moments = ZoneInfo(zone), (starts_at.astimezone(UTC), ends_at.astimezone(UTC))
    if ends_at - starts_at > AROUND or any(_is_shown_twice(clocks, at) for at in moments):
        return None
    onsets = _needed(clocks, *moments)
    offsets = {_offset(clocks, at) for at in moments}
    if not _is_read_by_all(onsets, offsets):
        return None
    if any(_read(onsets, wall_clock(zone, at)) != _offset(clocks, at) for at in moments):
        return None
    rules = Timezone()
    rules.add("TZID", zone)
    for onset in onsets:
        rules.add_component(_component(onset))
    return rules


def wall_clock(zone: str, at: datetime) -> datetime:
    """What the clocks of the zone show at a moment; naive."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def _needed(clocks: ZoneInfo, starts_at: datetime, ends_at: datetime) -> list[Onset]:
    """The onset of what holds at the start, those until the end, and the next; before them one of standard time."""
    since = (starts_at - AROUND).replace(microsecond=0)
    held_before = _onset(clocks, since, _offset(clocks, since))
    onsets = [held_before, *_changes(clocks, since, ends_at + AROUND)]
    first = max(n for n, onset in enumerate(onsets) if onset.at <= starts_at)
    last = max(n for n, onset in enumerate(onsets) if onset.at <= ends_at)
    while first and all(onset.daylight for onset in onsets[first : last + 2]):
        first -= 1
    return onsets[first : last + 2]


def _changes(clocks: ZoneInfo, since: datetime, until: datetime) -> list[Onset]:
    """The changes of the offset, looked for day by day, then by the second."""
    found = []
    while since < until:
        before, next_day = _offset(clocks, since), since + DAY
        if _offset(clocks, next_day) != before:
            found.append(_onset(clocks, _first_second_without(clocks, before, since), before))
        since = next_day
    return found


def _first_second_without(clocks: ZoneInfo, offset: timedelta, since: datetime) -> datetime:
    seconds = range(DAY // SECOND + 1)
    return since + SECOND * bisect_left(seconds, True, key=lambda n: _offset(clocks, since + n * SECOND) != offset)


def _onset(clocks: ZoneInfo, at: datetime, before: timedelta) -> Onset:
    local = at.astimezone(clocks)
    return Onset(at, before, _offset(clocks, at), local.tzname() or str(clocks), bool(local.dst()))


def _offset(clocks: ZoneInfo, at: datetime) -> timedelta:
    offset = at.astimezone(clocks).utcoffset()
    assert offset is not None
    return offset


def _is_shown_twice(clocks: ZoneInfo, at: datetime) -> bool:
    local = at.astimezone(clocks)
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _is_read_by_all(onsets: Sequence[Onset], offsets: set[timedelta]) -> bool:
    """Some readers know no seconds in an offset, and no zone without a standard time (dateutil).

    vobject takes a zone for UTC if that is its standard time in the years after 2000, whatever it is later.
    """
    standard = [onset.after for onset in onsets if not onset.daylight]
    whole = all(offset % MINUTE == NOTHING for onset in onsets for offset in (onset.before, onset.after))
    return whole and bool(standard) and (standard[0] != NOTHING or offsets == {NOTHING})


def _read(onsets: Sequence[Onset], wall: datetime) -> timedelta:
    """The offset that a reader of these onsets finds for a wall clock: that of the last one that it has passed."""
    passed = [onset for onset in onsets if onset.wall <= wall]
    return passed[-1].after if passed else onsets[0].before


def _component(onset: Onset) -> TimezoneStandard | TimezoneDaylight:
    component = TimezoneDaylight() if onset.daylight else TimezoneStandard()
    component.add("DTSTART", onset.wall)
    component.add("TZOFFSETFROM", onset.before)
    component.add("TZOFFSETTO", onset.after)
    component.add("TZNAME", onset.name)
    return component
