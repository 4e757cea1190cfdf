import asyncio
from uuid import UUID

from kit.clock import real_now
from kit.db import Database
from kit.locking import lock_if_there
from kit.problems import Problem, field_invalid
from services.clusters.directory.people.models import Address, Person
from services.clusters.directory.people.queries import addresses_of
from services.clusters.doors.links.actions import end_links
from services.clusters.doors.passwords.hashing import HASHING, hash_if_right, hashed, one_form
from services.clusters.doors.passwords.models import Password
from services.clusters.doors.passwords.queries import way_in
from services.clusters.doors.passwords.strength import is_guessable
from services.clusters.doors.sessions.actions import begin_session, came_by_link, end_other_sessions
from services.clusters.doors.sessions.models import Door
from services.clusters.doors.tries.actions import Origin, forget_devices, forget_try, keep_try
from services.clusters.doors.tries.models import digest
from services.clusters.post.kinds.kinds import WayInChanged
from services.clusters.post.notices.actions import mail_to

PAGE = "/profile#set-password"


class PasswordWrong(Problem):
    status, title = 409, "This address and this password do not belong together"


async def sign_in_by_password(
    database: Database, mail: str, password: str, origin: Origin, agent: str = ""
) -> tuple[str, Person]:
    """(the new session's secret, its person). Raises PasswordWrong, TooManyTries, Unavailable when many try at once.

    No connection is held while the password is verified: whoever tries many would keep them from everybody else.
    """
    async with database.transaction() as db:
        person, known, has_device = await way_in(db, mail, origin.device)
    origin = origin if has_device else Origin(origin.source)
    with HASHING.in_line(origin.key, mail):
        async with database.transaction() as db:
            kept = await keep_try(db, mail, origin)
        right = await hash_if_right(origin.key, known, password)
    if person is None or known is None or right is None:
        raise PasswordWrong
    async with database.transaction() as db:
        # Locked: whoever replaces the password ends every session, and this one would begin after that.
        password_now = await lock_if_there(db, Password, person.id)
        if password_now is None or password_now.hash != known.hash:
            raise PasswordWrong
        # Locked: whoever removes the address would do it before this session begins.
        address = await lock_if_there(db, Address, mail)
        if address is None or address.person_id != person.id:
            raise PasswordWrong
        password_now.hash = right
        await forget_try(db, kept)
        return begin_session(db, person, agent=agent, door=Door.password), person


async def set_password(
    database: Database, person_id: UUID, password: str, old_password: str | None, session_secret: str | None
) -> None:
    """Set or replace a password, and end every other way in: sessions, links that were mailed, known devices.

    A mail says so.

    Raises Invalid at the fields `password` and `old_password`, TooManyTries, and Unavailable when many try at once.
    """
    await _refuse_guessable(database, person_id, password)
    origin = str(person_id)
    with HASHING.in_line(origin, origin):
        kept, replaced = await _old_password_given(database, person_id, old_password, session_secret)
        new = await hashed(origin, password)
    async with database.transaction() as db:
        await forget_try(db, kept)
        # Locked: of two who replace the same password, the later does not know the one that there is now.
        password_now = await lock_if_there(db, Password, person_id)
        if (password_now.hash if password_now else None) != replaced:
            raise field_invalid("old_password", "password_wrong")
        await db.merge(Password(person_id=person_id, hash=new, set_at=real_now()))
        # Links first: whoever comes in by one just now has a session when this goes on.
        for mail in await addresses_of(db, person_id):
            await end_links(db, mail)
        await end_other_sessions(db, person_id, digest(session_secret or ""))
        await forget_devices(db, person_id)
        await mail_to(db, person_id, WayInChanged(what="password_set"), PAGE)


async def _refuse_guessable(database: Database, person_id: UUID, password: str) -> None:
    async with database.transaction() as db:
        person = await db.get_one(Person, person_id)
        known = person.name, *await addresses_of(db, person_id)
    if await asyncio.to_thread(is_guessable, one_form(password), *known):
        raise field_invalid("password", "password_guessable")


async def _old_password_given(
    database: Database, person_id: UUID, old_password: str | None, session_secret: str | None
) -> tuple[UUID | None, str | None]:
    """(the try that was kept, the hash of the password now); each None when there was none.

    No connection is held while it is verified.
    """
    async with database.transaction() as db:
        known = await db.get(Password, person_id)
        if known is None or (not old_password and await came_by_link(db, person_id, session_secret)):
            return None, known.hash if known else None
        if not old_password:
            raise field_invalid("old_password", "missing")
        kept = await keep_try(db, str(person_id), Origin())
    if await hash_if_right(str(person_id), known, old_password) is None:
        raise field_invalid("old_password", "password_wrong")
    return kept, known.hash
