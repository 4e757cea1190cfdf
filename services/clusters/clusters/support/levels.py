"""What differs between the levels of support, all of it: whoever behaves by the level asks this table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kit.dates import FIRST_MONTH


class Level(StrEnum):
    """From the closest to the lightest."""

    guided = "guided"
    light_touch = "light_touch"
    on_request = "on_request"


class First(StrEnum):
    """What stands first on the overview of a country."""

    nudges = "nudges"
    months = "months"
    help = "help"


class Offer(StrEnum):
    """What the page of a cluster says of its national coordinator."""

    looks_in = "looks_in"
    at_hand = "at_hand"
    when_asked = "when_asked"


@dataclass(frozen=True)
class Behaviour:
    """What a national coordinator is nudged about, what comes first, and what clusters are offered.

    `quiet_weeks`: weeks of school without a sign of life after which a cluster is quiet; None: nobody is nudged of it.
    """

    quiet_weeks: int | None
    quiet_schools: bool
    few_entries: bool
    no_plan: bool
    late: bool
    first: First
    offer: Offer


SUPPORT: Mapping[Level, Behaviour] = {
    Level.guided: Behaviour(
        quiet_weeks=3,
        quiet_schools=True,
        few_entries=True,
        no_plan=True,
        late=True,
        first=First.nudges,
        offer=Offer.looks_in,
    ),
    Level.light_touch: Behaviour(
        quiet_weeks=6,
        quiet_schools=False,
        few_entries=False,
        no_plan=True,
        late=False,
        first=First.months,
        offer=Offer.at_hand,
    ),
    Level.on_request: Behaviour(
        quiet_weeks=None,
        quiet_schools=False,
        few_entries=False,
        no_plan=False,
        late=False,
        first=First.help,
        offer=Offer.when_asked,
    ),
}
USUAL = USUAL_LIGHT_TOUCH, USUAL_ON_REQUEST = 1, 4


def in_school_year(month: int) -> int:
    """How many months after the first of the school year a month comes."""
    return (month - FIRST_MONTH) % 12


def level_on(day: date, light_touch_from: int | None, on_request_from: int | None) -> Level:
    """Each level from its month until the end of the school year, or until the next lighter one begins."""
    now = in_school_year(day.month)
    if on_request_from is not None and now >= in_school_year(on_request_from):
        return Level.on_request
    if light_touch_from is not None and now >= in_school_year(light_touch_from):
        return Level.light_touch
    return Level.guided
