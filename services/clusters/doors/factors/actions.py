from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from sqlmodel import col, delete, update
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database, plain
from kit.locking import lock_if_there
from kit.problems import Problem, TooMany, field_invalid
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import addresses_of
from services.clusters.doors.factors import codes, queries
from services.clusters.doors.factors.models import (
    STEP_WITHIN,
    RecoveryCode,
    SecondFactor,
    tries_with_codes,
    tries_with_recovery_codes,
)
from services.clusters.doors.sessions.actions import FRESH, end_unproven_sessions
from services.clusters.doors.sessions.models import Door, Session
from services.clusters.doors.tries.actions import (
    Origin,
    TooManyTries,
    forget_try,
    keep_try,
    keep_wrong_try,
    know_device,
)
from services.clusters.doors.tries.models import digest
from services.clusters.doors.tries.queries import known_device
from services.clusters.post.kinds.kinds import WayInChanged
from services.clusters.post.notices.actions import mail_to

FROM_ALL_STRANGERS = 20  # of a million codes, three are right at a time
MOST_WRONG, WARNED_AFTER, WARNED_AGAIN_IN = 50, 5, timedelta(days=1)
PAGE = "/profile#second-step"


class SignedOut(Problem):
    status, title = 410, "This browser is not signed in any more: sign in again"


class CameLongAgo(Problem):
    status, title = 409, "Sign out and come in again first; within an hour after that you can do this"


class FactorThere(Problem):
    status, title = 409, "There is a second step already: remove it first"


class PasskeyFirst(Problem):
    status, title = 409, "Who has a passkey comes in with it first: then they set up an app"


class NoFactor(Problem):
    status, title = 409, "There is no second step to be removed"


class TooManyWrongCodes(TooMany):
    status, title = 429, "Too many wrong codes were tried: wait a quarter of an hour, or use another way in"
    headers: ClassVar[dict[str, str]] = TooManyTries.headers


class CodesShut(Problem):
    status, title = (
        409,
        "So many wrong codes were tried that a code of the app does no more, but in a browser of theirs",
    )


async def take_step(database: Database, session_secret: str, code: str, origin: Origin) -> str:
    """The session is whole from now on; by what is told this browser is known as one of theirs.

    Raises SignedOut, also when the session began too long ago; NoFactor, TooManyWrongCodes, CodesShut, and Invalid at
    the field `code`.
    """
    async with database.transaction() as db:
        session, person = await _open(db, session_secret)
        if session.proven_at is None and session.began_at < real_now() - STEP_WITHIN:
            raise SignedOut
    await _prove(database, person.id, code, origin)
    async with database.transaction() as db:
        session, person = await _open(db, session_secret)
        session.proven_at = real_now()
        return await know_device(db, person.id, origin.device)


async def begin_factor(db: AsyncSession, session_secret: str) -> tuple[str, str]:
    """(a new key, its address for apps), in place of one that was not confirmed. Raises what `_settable` raises."""
    _, person = await _settable(db, session_secret)
    factor = SecondFactor(person_id=person.id, key=codes.new_key(), begun_at=real_now())
    await db.merge(factor)
    mail, *_ = [*await addresses_of(db, person.id), person.name]
    return factor.key, codes.address_of(factor.key, mail)


async def confirm_factor(database: Database, session_secret: str, code: str, origin: Origin) -> list[str]:
    """It is in use from now on: ten codes for who loses the device. A try counts as wrong before it is known.

    Raises what `_settable` raises, TooManyWrongCodes, and Invalid at the field `code`.
    """
    async with database.transaction() as db:
        _, person = await _settable(db, session_secret)
        kept = await _keep_try(db, person.id, Origin(origin.source))
    async with database.transaction() as db:
        session, person = await _settable(db, session_secret)
        factor = await lock_if_there(db, SecondFactor, person.id)
        step = codes.step_of(factor.key, codes.one_form(code), real_now(), factor.last_step) if factor else None
        if factor is None or step is None:
            raise field_invalid("code", "code_wrong")
        factor.confirmed_at, factor.last_step, session.proven_at = real_now(), step, real_now()
        await forget_try(db, kept)
        made = codes.new_recovery_codes()
        db.add_all(RecoveryCode(digest=digest(codes.one_form(each)), person_id=person.id) for each in made)
        await mail_to(db, person.id, WayInChanged(what="factor_set_up"), PAGE)
    return made


async def remove_factor(database: Database, person_id: UUID, code: str, origin: Origin) -> None:
    """Signing in has one step again. Raises what `_prove` raises."""
    await _prove(database, person_id, code, origin, to_remove=True)
    async with database.transaction() as db:
        await end_unproven_sessions(db, person_id)
        await forget_factor(db, person_id)
        await mail_to(db, person_id, WayInChanged(what="factor_removed"), PAGE)


async def forget_factor(db: AsyncSession, person_id: UUID) -> bool:
    """Whether there was one. It goes with its codes; sessions are proven no more, but those of passkeys.

    Whoever calls has locked the sessions, and ended those that wait: they would open everything now.
    """
    had = await lock_if_there(db, SecondFactor, person_id) is not None
    await db.exec(delete(RecoveryCode).where(col(RecoveryCode.person_id) == person_id))
    await db.exec(delete(SecondFactor).where(col(SecondFactor.person_id) == person_id))
    proven = col(Session.person_id) == person_id, col(Session.door) != Door.passkey
    await db.exec(update(Session).where(*proven).values(proven_at=None))
    return had


async def _prove(database: Database, person_id: UUID, code: str, origin: Origin, *, to_remove: bool = False) -> None:
    """That it is a code of theirs, which is used up by that. A try counts as wrong before it is known whether it is.

    Nobody guesses a recovery code: what strangers try keeps no owner out who has one. Raises NoFactor,
    TooManyWrongCodes, CodesShut, and Invalid at the field `code`.
    """
    code = codes.one_form(code)
    async with database.transaction() as db:
        if not await known_device(db, origin.device, person_id):
            origin = Origin(origin.source)
        kept = await _count(db, person_id, code, origin)
    async with database.transaction() as db:
        factor = await _factor_in_use(db, person_id)
        if codes.is_of_app(code):
            step = codes.step_of(factor.key, code, real_now(), factor.last_step)
            if step is None:
                raise field_invalid("code", "code_wrong")
            factor.last_step = step
            await forget_try(db, kept)
        elif not await queries.take_recovery_code(db, person_id, code):
            raise field_invalid("code", "code_wrong")
        elif not to_remove:
            await mail_to(db, person_id, WayInChanged(what="recovery_code_used"), PAGE)
        factor.wrong_codes = 0


async def _count(db: AsyncSession, person_id: UUID, code: str, origin: Origin) -> UUID | None:
    """The try, counted as wrong: within a while by whence it comes, and since the last code that was right."""
    if not codes.is_of_app(code):
        with _told_of_codes():
            await keep_wrong_try(db, tries_with_recovery_codes(person_id), origin)
        return None
    kept = await _keep_try(db, person_id, origin)
    factor = await _factor_in_use(db, person_id)
    if factor.wrong_codes >= MOST_WRONG and not origin.device:
        raise CodesShut
    if factor.wrong_codes >= WARNED_AFTER and (
        factor.warned_at is None or factor.warned_at < real_now() - WARNED_AGAIN_IN
    ):
        factor.warned_at = real_now()
        await mail_to(db, person_id, WayInChanged(what="wrong_codes"), PAGE)
    factor.wrong_codes += 1
    return kept


async def _keep_try(db: AsyncSession, person_id: UUID, origin: Origin) -> UUID:
    """Raises TooManyWrongCodes."""
    with _told_of_codes():
        return await keep_try(db, tries_with_codes(person_id), origin, FROM_ALL_STRANGERS)


@contextmanager
def _told_of_codes() -> Iterator[None]:
    try:
        yield
    except TooManyTries as many:
        raise TooManyWrongCodes from many


async def _factor_in_use(db: AsyncSession, person_id: UUID) -> SecondFactor:
    """Locked. Raises NoFactor."""
    factor = await lock_if_there(db, SecondFactor, person_id)
    if factor is None or factor.confirmed_at is None:
        raise NoFactor
    return factor


async def _open(db: AsyncSession, secret: str) -> tuple[Session, Person]:
    if known := await queries.open_session(db, secret):
        return known
    raise SignedOut


async def _settable(db: AsyncSession, secret: str) -> tuple[Session, Person]:
    """Who may set one up in this session: who has none, and came in just now. Raises SignedOut, CameLongAgo,
    FactorThere, PasskeyFirst.
    """
    session, person = await _open(db, secret)
    factor = await lock_if_there(db, SecondFactor, person.id)
    if factor and factor.confirmed_at:
        raise FactorThere
    if not _just_came(session):
        raise CameLongAgo
    if session.proven_at is None and await queries.has_passkey(await plain(db), person.id):
        raise PasskeyFirst
    return session, person


async def require_just_come(db: AsyncSession, secret: str, person_id: UUID) -> None:
    """That this session of the person began just now, and took its second step where one is asked for.

    Raises SignedOut, CameLongAgo.
    """
    session, person = await _open(db, secret)
    if person.id != person_id:
        raise SignedOut
    waits = session.proven_at is None and await queries.awaited_of(await plain(db), person_id)
    if waits or not _just_came(session):
        raise CameLongAgo


def _just_came(session: Session) -> bool:
    """Not by a picture that another browser shows: it can be an old one."""
    return session.door != Door.device and session.began_at >= real_now() - FRESH
