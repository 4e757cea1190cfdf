"""What the overviews show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from web.clients.clusters.overviews import ClusterOverview, ClusterRowPage, Overview, SchoolRow, Support
from web.clients.events.events import EventPage
from web.draft import Draft
from web.pages.overviews.months import Heat, Month
from web.shown import Shown


@dataclass(frozen=True)
class Asked:
    """What a table is asked for: of which kind, country and year, and which clusters alone."""

    kind: str
    country: str | None
    year: int
    only: str | None = None


@dataclass(frozen=True)
class Bar:
    """A school in the picture of who gives and gets: lengths are those of its view box."""

    name: str
    y: int
    gave: int
    got: int
    gave_wide: float
    got_wide: float


class ShowOverview(Shown, template="overviews/index.html"):
    """`page` has the clusters of one country; without it the countries stand beside each other.

    `parts` are the cards in the order in which the support of the country wants them.
    """

    asked: Asked
    overview: Overview
    page: ClusterRowPage | None
    months: list[Month]
    heat: Heat
    parts: Sequence[str]
    this_year: int
    kinds: Sequence[str]
    dots: Callable[[int], str]


class ShowClusterOverview(Shown, template="overviews/cluster.html"):
    asked: Asked
    overview: ClusterOverview
    months: list[Month]
    heat: Heat
    bars: list[Bar]
    this_year: int
    kinds: Sequence[str]
    dots: Callable[[int], str]


class ShowMonth(Shown, template="overviews/month.html"):
    """`events` is None while their service is away; `before` and `after` are months of the same year."""

    overview: ClusterOverview
    month: Month
    events: EventPage | None
    before: Month | None
    after: Month | None


class ShowSchool(Shown, template="overviews/school.html"):
    """A school that has been quiet, or not: `rests` are days until which it may be left alone.

    `most` is how many came in its best month.
    """

    overview: ClusterOverview
    school: SchoolRow
    months: list[Month]
    most: int
    rests: list[tuple[str, date]]
    schedules: bool


class ShowSupport(Shown, template="overviews/support.html"):
    """`months` that a level can begin with, in the order of the school year; `theirs`: what somebody else saved."""

    support: Support
    months: list[tuple[str, str]]
    behaviours: Sequence[str]
    draft: Draft
    theirs: Support | None = None
