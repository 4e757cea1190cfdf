from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Plain, plain
from kit.problems import TooMany
from services.clusters.doors.tries.models import KnownDevice, SignInTry, digest, new_secret
from services.clusters.doors.tries.queries import known_device, lock_tries, wrong_tries

WINDOW = timedelta(minutes=15)
FROM_ONE_ORIGIN, FROM_ALL_STRANGERS = 10, 100


class TooManyTries(TooMany):
    status, title = 429, "Too many tries for this address: use a mail link, or wait a quarter of an hour"
    headers: ClassVar[dict[str, str]] = {"Retry-After": str(int(WINDOW.total_seconds()))}


@dataclass(frozen=True)
class Origin:
    """From where somebody tries: the network of the visitor, and a device in which they signed in before, if any."""

    source: str = ""
    device: str = ""

    @property
    def key(self) -> str:
        return f"device {self.device}" if self.device else f"source {self.source}"


async def keep_try(db: AsyncSession, whose: str, origin: Origin, most_of_strangers: int = FROM_ALL_STRANGERS) -> UUID:
    """Count a try as wrong before it is known whether it is. Raises TooManyTries.

    A known device has a count of its own: strangers who guess do not keep the owner out.
    """
    return await keep_wrong_try(db, whose, origin, most_of_all=None if origin.device else most_of_strangers)


async def refuse_after_many(
    connection: Plain,
    whose: str,
    origin: Origin,
    most: int = FROM_ONE_ORIGIN,
    within: timedelta = WINDOW,
    most_of_all: int | None = None,
) -> None:
    """Raises TooManyTries when too many came from this origin; what others try elsewhere does not count, unless it is
    said how many are too many of all.
    """
    here, everywhere = await wrong_tries(connection, whose, origin.key, within)
    if here >= most or (most_of_all is not None and everywhere >= most_of_all):
        raise TooManyTries


async def keep_wrong_try(
    db: AsyncSession,
    whose: str,
    origin: Origin,
    most: int = FROM_ONE_ORIGIN,
    within: timedelta = WINDOW,
    most_of_all: int | None = None,
) -> UUID:
    """Count a try that was wrong. Raises TooManyTries when those that came at once are too many."""
    await lock_tries(db, whose)
    await refuse_after_many(await plain(db), whose, origin, most, within, most_of_all)
    kept = SignInTry(mail_digest=digest(whose), from_digest=digest(origin.key), by_known_device=bool(origin.device))
    db.add(kept)
    return kept.id


async def forget_try(db: AsyncSession, kept: UUID | None) -> None:
    """It was right."""
    await db.exec(delete(SignInTry).where(col(SignInTry.id) == kept))


async def know_device(db: AsyncSession, person_id: UUID, secret: str) -> str:
    """The secret by which this device is known for this person from now on: the one that it has, or a new one."""
    if secret and (known := await known_device(db, secret, person_id)):
        known.known_at = real_now()
        return secret
    made = new_secret()
    db.add(KnownDevice(secret_digest=digest(made), person_id=person_id))
    return made


async def forget_devices(db: AsyncSession, person_id: UUID) -> None:
    """No device is known for this person any more."""
    await db.exec(delete(KnownDevice).where(col(KnownDevice.person_id) == person_id))
