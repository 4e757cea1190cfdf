"""Facts on their way: each try is short, and an endpoint that fails waits by itself."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from uuid import UUID

import httpx
from aiohttp import ClientConnectorDNSError, ClientConnectorError, ClientSSLError
from pgqueuer.domain.errors import RetryRequested
from sqlmodel.ext.asyncio.session import AsyncSession
from standardwebhooks import Webhook

from kit.clock import real_now
from kit.jobs import FIRST_DELAY, LONGEST_DELAY, Context, Jobs
from kit.locking import lock_if_there
from kit.outside import TIMEOUT, NotOutside
from kit.webhooks import queries
from kit.webhooks.models import Delivery, Endpoint

ATTEMPTS = 12
GONE = 410
LONGEST_PAUSE = timedelta(minutes=10)
AT_ONCE = 2  # to one endpoint, in one worker
PUT_OFF = timedelta(seconds=2)  # how long a delivery without a turn waits until it asks again

jobs = Jobs()
turns: defaultdict[UUID, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(AT_ONCE))


@dataclass(frozen=True)
class Outcome:
    """What a try came to: a status, or the word for why there was none; and when the receiver wants to be asked."""

    status: int = 0
    error: str | None = None
    retry_after: timedelta | None = None

    @property
    def is_done(self) -> bool:
        return 200 <= self.status < 300


class NotDelivered(Exception):
    """The endpoint did not answer with success to the last try."""


@jobs.job("webhook.deliver", attempts=ATTEMPTS)
async def deliver(context: Context, delivery_id: str) -> None:
    """One try. Raises RetryRequested for the next one, NotDelivered after the last."""
    async with context.database.transaction() as db:
        found = await queries.delivery_to_make(db, UUID(delivery_id))
    if found is None:
        return
    delivery, endpoint = found
    async with turn(endpoint, delivery):
        await wait_out_pause(context, delivery)
        outcome = await post(context.resources["inside" if endpoint.inside else "outside"], endpoint, delivery)
    async with context.database.transaction() as db:
        delay = await note(db, delivery.id, endpoint.id, outcome)
    if outcome.is_done or outcome.status == GONE:
        return
    if (delivery.attempts + 1) % ATTEMPTS == 0:
        raise NotDelivered(outcome.error or outcome.status)
    raise RetryRequested(delay)


@asynccontextmanager
async def turn(endpoint: Endpoint, delivery: Delivery) -> AsyncIterator[None]:
    """Two at a time to one endpoint. Raises RetryRequested when both are under way: others need this worker."""
    mine = turns[endpoint.id]
    if mine.locked():
        raise RetryRequested(PUT_OFF + apart(delivery))
    async with mine:
        yield


async def wait_out_pause(context: Context, delivery: Delivery) -> None:
    """Raises RetryRequested while the endpoint is left alone: since this delivery was read another may have failed."""
    async with context.database.transaction() as db:
        endpoint = await db.get(Endpoint, delivery.endpoint_id)
    if endpoint and endpoint.paused_until and (left := endpoint.paused_until - real_now()) > timedelta():
        raise RetryRequested(left + apart(delivery))


def apart(delivery: Delivery) -> timedelta:
    """Up to two seconds, for each delivery others: they do not all come back at once."""
    return PUT_OFF * (delivery.id.int % 1_000) / 1_000


async def note(db: AsyncSession, delivery_id: UUID, endpoint_id: UUID, outcome: Outcome) -> timedelta:
    """Write down what a try came to; how long this delivery waits now. Nothing is sent to its endpoint for a while."""
    endpoint = await lock_if_there(db, Endpoint, endpoint_id)
    delivery = await db.get(Delivery, delivery_id)
    if endpoint is None or delivery is None:
        return timedelta()
    at = real_now()
    delivery.attempts, delivery.tried_at = delivery.attempts + 1, at
    delivery.last_status, delivery.error = outcome.status, outcome.error
    if outcome.is_done:
        delivery.delivered_at, endpoint.failures, endpoint.paused_until = at, 0, None
        return timedelta()
    if outcome.status == GONE:
        endpoint.gone_at = at
    endpoint.failures += 1
    endpoint.paused_until = at + (outcome.retry_after or later(endpoint.failures, LONGEST_PAUSE))
    return outcome.retry_after or later(delivery.attempts, LONGEST_DELAY)


def later(failures: int, longest: timedelta) -> timedelta:
    """After the first failure five seconds, then twice as long each time."""
    wait: timedelta = FIRST_DELAY * 2 ** min(failures - 1, 20)
    return min(wait, longest)


async def post(http: httpx.AsyncClient, endpoint: Endpoint, delivery: Delivery) -> Outcome:
    at, message = real_now(), f"msg_{delivery.id.hex}"
    headers = {
        "content-type": "application/json",
        "webhook-id": message,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(endpoint.secret).sign(message, at, delivery.body),
    }
    body = delivery.body.encode()
    try:
        # The time-out of a client is for one read: who answers a byte at a time would hold this job for ever.
        async with asyncio.timeout(TIMEOUT), http.stream("POST", endpoint.url, content=body, headers=headers) as answer:
            failed = not 200 <= answer.status_code < 300
            return Outcome(answer.status_code, "status" if failed else None, retry_after(answer) if failed else None)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        return Outcome(error=why(error))


def retry_after(answer: httpx.Response) -> timedelta | None:
    """What the receiver asks for, in seconds or as a date, between our shortest and longest wait."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        wait = timedelta(seconds=min(int(said[:9]), LONGEST_DELAY.total_seconds()))
    else:
        try:
            wait = _aware(parsedate_to_datetime(said)) - real_now()
        except (ValueError, OverflowError):
            return None
    return max(FIRST_DELAY, min(wait, LONGEST_DELAY))


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def why(error: BaseException) -> str:
    """The word for what went wrong, from the error or what caused it."""
    causes = [error]
    while cause := causes[-1].__cause__ or causes[-1].__context__:
        causes.append(cause)
    known = (word for word, kinds in WORDS.items() if any(isinstance(cause, kinds) for cause in causes))
    return next(known, "broken")


# The transport calls every broken connection a time-out: what caused it tells them apart.
WORDS: dict[str, tuple[type[BaseException], ...]] = {
    "address": (NotOutside, httpx.InvalidURL, httpx.UnsupportedProtocol),
    "refused": (ConnectionRefusedError,),
    "dns": (ClientConnectorDNSError,),
    "tls": (ClientSSLError,),
    "timeout": (TimeoutError,),
    "unreachable": (ClientConnectorError,),
}
