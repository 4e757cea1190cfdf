"""One way from a refusal back to the filled form."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TypeAlias

from fastapi import Response

from kit.client import Refused
from web.draft import Draft

ShowAgain: TypeAlias = Callable[[Draft, int], Awaitable[Response]]
Mend: TypeAlias = Callable[[Refused], Draft]


class Refill(Exception):
    """The page of a form is shown again: with what was typed, what is wrong with it, and the status of the refusal."""

    def __init__(self, shown: ShowAgain, draft: Draft, status: int) -> None:
        super().__init__(status)
        self.shown, self.draft, self.status = shown, draft, status


@contextmanager
def refilling(shown: ShowAgain, mend: Mend, also: Mapping[int, int] | None = None) -> Iterator[None]:
    """What is asked inside may be refused: then `shown` is the answer, with the draft that `mend` makes of the refusal.

    `also` are statuses that this form mends besides those that every form does, with the status of its page.
    """
    try:
        yield
    except Refused as refused:
        status = (also or {}).get(refused.status, refused.status)
        raise Refill(shown, mend(refused), status) from refused
