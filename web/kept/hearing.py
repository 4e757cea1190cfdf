"""Hearing what happened, for all that is kept: facts end it, and without news it is not trusted for long."""

import asyncio
import time
from collections.abc import Callable
from typing import Any, Protocol

from pydantic import ValidationError

from kit.client import Client, Refused
from kit.feed import FactOut, FactsOut
from kit.logs import log

WAIT, HEARD_WITHIN = 20, 30.0


class Keeper(Protocol):
    """Something that keeps what services answered."""

    @property
    def hears(self) -> tuple[str, ...]:
        """The services whose facts may end it."""

    def hear(self, service: str, fact: FactOut) -> None:
        """This happened: forget what it changes."""

    def forget(self, service: str) -> None:
        """Some facts may have been missed: forget all that they could have changed."""


class Hearing:
    """`client_of(service)` asks a service as web itself."""

    def __init__(self, client_of: Callable[[str], Client]) -> None:
        self._client_of = client_of
        self.keepers: list[Keeper] = []
        self._heard: dict[str, float] = {}
        self._facts: dict[str, int] = {}

    @property
    def services(self) -> list[str]:
        """Those of which something is kept; nobody else is listened to."""
        return sorted({service for keeper in self.keepers for service in keeper.hears})

    def fresh(self, service: str) -> bool:
        """Whether what is kept about a service can be trusted: its facts are being heard."""
        return time.monotonic() - self._heard.get(service, float("-inf")) < HEARD_WITHIN

    def heard(self, service: str) -> int:
        """How many facts of a service were heard; what was asked before one must not be kept after it."""
        return self._facts.get(service, 0)

    async def listen(self, service: str) -> None:
        """Hear a service's facts for ever."""
        client = self._client_of(service)
        after: int | None = None
        while True:
            try:
                params: dict[str, Any] = {"after": after, "wait": WAIT} if after is not None else {"newest": "true"}
                answer = FactsOut.model_validate(await client.ask("GET", "/v1/facts", params=params, timeout=WAIT + 10))
                if after is None:
                    self.forget(service)
                for fact in answer.items:
                    self._hear(service, fact)
                after = answer.next
                if not answer.behind:
                    self._heard[service] = time.monotonic()
            except Refused:
                after = None
                await asyncio.sleep(0.5)
            except Exception:
                log.exception("cannot hear facts", service=service)
                await asyncio.sleep(2)

    def forget(self, service: str) -> None:
        self._facts[service] = self.heard(service) + 1
        for keeper in self._keepers_of(service):
            keeper.forget(service)

    def _hear(self, service: str, fact: FactOut) -> None:
        self._facts[service] = self.heard(service) + 1
        for keeper in self._keepers_of(service):
            try:
                keeper.hear(service, fact)
            except ValidationError:
                # Of another version: what it means is not known, so nothing that it could end is kept.
                log.warning("fact not understood", service=service, kind=fact.kind)
                keeper.forget(service)

    def _keepers_of(self, service: str) -> list[Keeper]:
        return [keeper for keeper in self.keepers if service in keeper.hears]
