"""The one place that asks what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

NEWS_FOR = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Said:
    """The moment at which a program says that something happened, and which program that is."""

    at: datetime
    by: UUID | None


_said: ContextVar[Said | None] = ContextVar("said", default=None)


def now() -> datetime:
    """The moment of what happens here, aware, in UTC: the present one, unless `happening` says another."""
    said = _said.get()
    return said.at if said else real_now()


def real_now() -> datetime:
    """The present moment, aware, in UTC: for whatever keeps a limit, a term or a secret."""
    return datetime.now(UTC)


def said_now() -> Said | None:
    """What `happening` says; None where nobody says anything."""
    return _said.get()


def is_news() -> bool:
    """Whether people are still to be told of what happens here; long afterwards it is for the record."""
    return real_now() - now() <= NEWS_FOR


@contextmanager
def happening(said: Said | None) -> Iterator[None]:
    """What happens in this block happens at the moment that is said, if one is."""
    before = _said.set(said)
    try:
        yield
    finally:
        _said.reset(before)
