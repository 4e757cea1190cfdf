"""What waits for somebody, over all services, most urgent first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kit.dates import FIRST_MONTH
from web.clients.clusters.help import HelpPage
from web.clients.clusters.people import Me
from web.clients.clusters.plans import PlanPage
from web.clients.diaries.entries import Today as Written
from web.clients.events.events import Today as Held

MOST_OF_A_KIND = 5
# By when something should be done that has no day of its own.
SOON, IN_A_WEEK, SOME_DAY = timedelta(days=2), timedelta(days=7), timedelta(days=365)


@dataclass(frozen=True)
class Waiting:
    """Something of a kind, as its service tells it, and by when it should be done."""

    kind: str
    thing: Any
    until: datetime


def waiting_for(
    me: Me, held: Held | None, written: Written | None, asked: HelpPage | None, plans: PlanPage | None, now: datetime
) -> list[Waiting]:
    """In the order of their days; what has none has one that is usual for its kind."""
    found = [*_of_clusters(me, asked, plans, now), *_of_neighbours(held, written, now)]
    return sorted(found, key=lambda each: each.until)


def _of_clusters(me: Me, asked: HelpPage | None, plans: PlanPage | None, now: datetime) -> Iterator[Waiting]:
    for invited in me.invitations:
        yield Waiting("invitation", invited, now + SOON)
    for school in me.school_invitations:
        yield Waiting("school_invitation", school, now + SOON)
    for request in asked.items if asked else []:
        yield Waiting("help", request, request.due_at or now)
    for plan in plans.items if plans else []:
        yield Waiting("plan", plan, (plan.handed_in_at or now) + IN_A_WEEK)
    for to_begin in me.years_to_begin:
        first = datetime(to_begin.year, FIRST_MONTH, 1, tzinfo=ZoneInfo(me.zone))
        yield Waiting("new_year", to_begin, max(first, now + IN_A_WEEK))
    running = [(proposal, proposal.ends_at) for proposal in me.proposals if proposal.ends_at and proposal.ends_at > now]
    for proposal, ends_at in running[:MOST_OF_A_KIND]:
        yield Waiting("proposal", proposal, ends_at)
    for todo in me.todos[:MOST_OF_A_KIND]:
        yield Waiting("todo", todo, datetime.combine(todo.due, time.max, ZoneInfo(me.zone)))


def _of_neighbours(held: Held | None, written: Written | None, now: datetime) -> Iterator[Waiting]:
    for event in held.to_mark if held else []:
        yield Waiting("event", event, event.ends_at + IN_A_WEEK)
    for entry in written.drafts if written else []:
        yield Waiting("entry", entry, now + SOME_DAY)
