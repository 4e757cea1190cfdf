"""Jobs of one name that are done as a set, and what is no fault of a job."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import asyncpg

from kit.client import Refused
from kit.clock import Said, said_now
from kit.failures import cause_of, is_away

UNAVAILABLE, TOOK_TOO_LONG = 503, "57014"
BROKEN = (OSError, asyncpg.InterfaceError)  # a line that broke would break for each of a set alone, too

DoneTogether: TypeAlias = Callable[..., Awaitable[None]]


class SomeFailed(Exception):
    """Of a set that is done together these were not done, by their numbers in it, for these reasons."""

    def __init__(self, errors: dict[int, Exception]) -> None:
        super().__init__(", ".join(sorted({type(error).__name__ for error in errors.values()})))
        self.errors = errors


class Together:
    """Jobs of one name that fall due within a moment are done as a set; where one spoils it, one by one."""

    def __init__(self, handler: DoneTogether, context: object, gathered_for: float) -> None:
        self.handler, self.context, self.gathered_for = handler, context, gathered_for
        self._waiting: dict[Said | None, list[tuple[dict[str, Any], asyncio.Future[None]]]] = {}
        self._running: set[asyncio.Task[None]] = set()

    async def __call__(self, payload: dict[str, Any]) -> None:
        """Done with the others; raises what its own try raised."""
        said, done = said_now(), asyncio.get_running_loop().create_future()
        waiting = self._waiting.setdefault(said, [])
        waiting.append((payload, done))
        if len(waiting) == 1:
            task = asyncio.create_task(self._gather(said))
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        await done

    async def _gather(self, said: Said | None) -> None:
        await asyncio.sleep(self.gathered_for)
        waiting = self._waiting.pop(said)
        try:
            errors = await self._try([payload for payload, _ in waiting])
        except Exception:
            errors = {}
            for n, (payload, _) in enumerate(waiting):
                if alone := await self._try([payload]):
                    errors[n] = alone[0]
        for n, (_, done) in enumerate(waiting):
            _settle(done, errors.get(n))

    async def _try(self, payloads: list[dict[str, Any]]) -> dict[int, Exception]:
        """What was not done, by number. Raises what the whole set failed of."""
        try:
            await self.handler(self.context, payloads)
        except SomeFailed as failed:
            return failed.errors
        except Exception as error:
            if len(payloads) == 1 or isinstance(error, BROKEN) or is_nobodys_fault(error):
                return dict.fromkeys(range(len(payloads)), error)
            raise
        return {}


def is_nobodys_fault(error: Exception) -> bool:
    """Whether a neighbour, or the database as it says itself, cannot do it just now: no fault of a job.

    A statement that took too long, or that the driver did not understand, is one.
    """
    state = getattr(cause_of(error), "sqlstate", None)
    passes = bool(state) and state != TOOK_TOO_LONG and is_away(cause_of(error))
    return passes or (isinstance(error, Refused) and error.status == UNAVAILABLE)


def _settle(done: asyncio.Future[None], error: Exception | None = None) -> None:
    # Whoever waited may have been cancelled meanwhile.
    if not done.done():
        done.set_exception(error) if error else done.set_result(None)
