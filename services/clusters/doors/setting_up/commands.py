"""What whoever runs the house does beside it, on its database."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from pydantic_core import PydanticCustomError
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import open_database
from services.clusters.directory.people.addresses import comparable
from services.clusters.directory.people.queries import person_by_mail
from services.clusters.doors.factors.actions import PAGE, forget_factor
from services.clusters.doors.passkeys.actions import forget_passkeys
from services.clusters.doors.passkeys.queries import hold_passkeys
from services.clusters.doors.sessions.actions import end_other_sessions
from services.clusters.doors.setting_up import actions
from services.clusters.doors.setting_up.schemas import CoordinatorAskedOut, HouseIn
from services.clusters.post.kinds.kinds import WayInChanged
from services.clusters.post.notices.actions import mail_to

T = TypeVar("T")


class NobodyHasIt(Exception):
    """Nobody with this address has a second step or a passkey."""


async def new_setup_link(database_url: str) -> str:
    """The path of a new set-up link. Raises Coordinated."""
    return await _done(database_url, actions.make_setup_link)


async def begin(database_url: str, house: HouseIn) -> CoordinatorAskedOut:
    """What the link leads to, without it. Raises Coordinated, SentAlready."""
    return await _done(database_url, lambda db: actions.begin(db, house))


async def way_back_in(database_url: str, mail: str) -> str:
    """The path that signs a programme coordinator in. Raises NotCoordinator."""
    return await _done(database_url, lambda db: actions.way_back_in(db, _as_kept(mail)))


async def unlock(database_url: str, mail: str) -> None:
    """For who lost their device and their codes: they come in anew, without a second step. Raises NobodyHasIt."""
    await _done(database_url, lambda db: _lift(db, _as_kept(mail)))


def _as_kept(mail: str) -> str:
    """However it was typed; one that no person can have is nobody's."""
    try:
        return comparable(mail)
    except PydanticCustomError:
        return mail


async def _lift(db: AsyncSession, mail: str) -> None:
    person = await person_by_mail(db, mail)
    if person is None:
        raise NobodyHasIt
    # Locked in the order in which who comes in locks them: passkeys, sessions, the factor, the person.
    await hold_passkeys(db, person.id)
    had_passkeys = await forget_passkeys(db, person.id)
    await end_other_sessions(db, person.id, None)
    if not (await forget_factor(db, person.id) or had_passkeys):
        raise NobodyHasIt
    await mail_to(db, person.id, WayInChanged(what="factor_lifted"), PAGE)


async def _done(database_url: str, verb: Callable[[AsyncSession], Awaitable[T]]) -> T:
    async with open_database(database_url, pool_size=1) as database, database.transaction() as db:
        return await verb(db)
