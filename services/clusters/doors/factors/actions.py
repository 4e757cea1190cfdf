from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database
from kit.locking import lock_if_there
from kit.problems import Problem, field_invalid
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import addresses_of, person_by_mail
from services.clusters.doors.factors import codes, queries
from services.clusters.doors.factors.models import RecoveryCode, SecondFactor
from services.clusters.doors.sessions.actions import FRESH
from services.clusters.doors.sessions.models import Session
from services.clusters.doors.tries.actions import Origin, forget_try, keep_try, keep_wrong_try, know_device
from services.clusters.doors.tries.models import digest
from services.clusters.doors.tries.queries import known_device
from services.clusters.post.kinds.kinds import WayInChanged
from services.clusters.post.notices.actions import mail_to

FROM_ALL_STRANGERS = 20  # of a million codes, three are right at a time
PAGE = "/profile#second-step"


class SignedOut(Problem):
    status, title = 410, "This browser is not signed in any more: sign in again"


class CameLongAgo(Problem):
    status, title = 409, "Sign out and come in again first; within an hour after that you can do this"


class FactorThere(Problem):
    status, title = 409, "There is a second step already: remove it first"


class NoFactor(Problem):
    status, title = 409, "There is no second step to be removed"


async def take_step(database: Database, session_secret: str, code: str, origin: Origin) -> str:
    """The session is whole from now on; by what is told this browser is known as one of theirs.

    Raises SignedOut, NoFactor, TooManyTries, and Invalid at the field `code`.
    """
    async with database.transaction() as db:
        _, person = await _open(db, session_secret)
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


async def confirm_factor(db: AsyncSession, session_secret: str, code: str) -> list[str]:
    """It is in use from now on: ten codes for who loses the device. Raises what `_settable` raises, and Invalid."""
    session, person = await _settable(db, session_secret)
    factor = await lock_if_there(db, SecondFactor, person.id)
    step = codes.step_of(factor.key, codes.one_form(code), real_now(), factor.last_step) if factor else None
    if factor is None or step is None:
        raise field_invalid("code", "code_wrong")
    factor.confirmed_at, factor.last_step, session.proven_at = real_now(), step, real_now()
    made = codes.new_recovery_codes()
    db.add_all(RecoveryCode(digest=digest(codes.one_form(each)), person_id=person.id) for each in made)
    await mail_to(db, person.id, WayInChanged(what="factor_set_up"), PAGE)
    return made


async def remove_factor(database: Database, person_id: UUID, code: str, origin: Origin) -> None:
    """Signing in has one step again. Raises NoFactor, TooManyTries, and Invalid at the field `code`."""
    await _prove(database, person_id, code, origin)
    async with database.transaction() as db:
        await queries.forget_factor(db, person_id)
        await mail_to(db, person_id, WayInChanged(what="factor_removed"), PAGE)


class NobodyHasIt(Exception):
    """Nobody with this address has a second step."""


async def lift_factor(db: AsyncSession, mail: str) -> None:
    """For whoever runs the house, when somebody lost their device and their codes. Raises NobodyHasIt."""
    person = await person_by_mail(db, mail)
    if person is None or await lock_if_there(db, SecondFactor, person.id) is None:
        raise NobodyHasIt
    await queries.forget_factor(db, person.id)
    await mail_to(db, person.id, WayInChanged(what="factor_lifted"), PAGE)


async def _prove(database: Database, person_id: UUID, code: str, origin: Origin) -> None:
    """That it is a code of theirs, which is used up by that. A try counts as wrong before it is known whether it is.

    Nobody guesses a recovery code: what strangers try keeps no owner out who has one.
    """
    code, whose = codes.one_form(code), f"second step of {person_id}"
    async with database.transaction() as db:
        if not await known_device(db, origin.device, person_id):
            origin = Origin(origin.source)
        kept = None
        if codes.is_of_app(code):
            kept = await keep_try(db, whose, origin, FROM_ALL_STRANGERS)
        else:
            await keep_wrong_try(db, f"recovery of {person_id}", origin)
    async with database.transaction() as db:
        factor = await lock_if_there(db, SecondFactor, person_id)
        if factor is None or factor.confirmed_at is None:
            raise NoFactor
        if codes.is_of_app(code):
            step = codes.step_of(factor.key, code, real_now(), factor.last_step)
            if step is None:
                raise field_invalid("code", "code_wrong")
            factor.last_step = step
            await forget_try(db, kept)
        elif await queries.take_recovery_code(db, person_id, code):
            await mail_to(db, person_id, WayInChanged(what="recovery_code_used"), PAGE)
        else:
            raise field_invalid("code", "code_wrong")


async def _open(db: AsyncSession, secret: str) -> tuple[Session, Person]:
    if known := await queries.open_session(db, secret):
        return known
    raise SignedOut


async def _settable(db: AsyncSession, secret: str) -> tuple[Session, Person]:
    """Who may set one up in this session: who has none, and came in just now. Raises SignedOut, CameLongAgo,
    FactorThere.
    """
    session, person = await _open(db, secret)
    factor = await lock_if_there(db, SecondFactor, person.id)
    if factor and factor.confirmed_at:
        raise FactorThere
    if session.began_at < real_now() - FRESH:
        raise CameLongAgo
    return session, person
