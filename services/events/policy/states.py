"""In which states of an event its verbs are open."""

from datetime import datetime
from typing import Protocol

from kit.clock import now
from kit.policy import refused_with
from kit.problems import Problem
from services.roster.states import OfClosable


class EventCancelled(Problem):
    status, title = 409, "This event is cancelled"


class EventOver(Problem):
    status, title = 409, "This event is over"


class NotBegun(Problem):
    status, title = 409, "Nobody can have come yet: mark it once the event has begun"


class Course(OfClosable, Protocol):
    """When an event is, and whether it was cancelled."""

    @property
    def starts_at(self) -> datetime: ...

    @property
    def ends_at(self) -> datetime: ...

    @property
    def cancelled_at(self) -> datetime | None: ...


@refused_with(EventCancelled)
def it_is_not_cancelled(event: Course) -> bool:
    return event.cancelled_at is None


@refused_with(EventOver)
def it_is_not_over(event: Course) -> bool:
    return event.ends_at > now()


@refused_with(NotBegun)
def it_has_begun(event: Course) -> bool:
    return event.starts_at <= now()
