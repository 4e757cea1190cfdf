"""What the first page shows: Today, or the public entries to a guest."""

from collections.abc import Callable
from typing import TypeAlias

from web.clients.clusters.help import HelpPage
from web.clients.clusters.overviews import Overview
from web.clients.clusters.people import Me
from web.clients.clusters.plans import PlanPage
from web.clients.diaries.entries import EntryPage
from web.clients.diaries.entries import Today as Written
from web.clients.events.events import Today as Held
from web.pages.today.guide import Step
from web.pages.today.waiting import Waiting
from web.shown import Shown

ByCountry: TypeAlias = list[tuple[str, int, int]]


class ModelYear(Shown, template="today/model_year.html"):
    """A mentoring year from its first month to its last, for who has not seen one."""


class ShowToday(Shown, template="today/index.html"):
    """`events` and `diaries` are None while their service is away; `guide` is empty after the first weeks.

    `waiting` is what waits for the reader; `help` and `plans` are of their office, None without one, and `overview` of
    their country.
    """

    me: Me
    guide: list[Step]
    waiting: list[Waiting]
    events: Held | None
    diaries: Written | None
    help: HelpPage | None
    plans: PlanPage | None
    by_country: Callable[[Held | None, Written | None], ByCountry]
    overview: Overview | None


class Welcome(Shown, template="today/welcome.html"):
    entries: EntryPage | None
