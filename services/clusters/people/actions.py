from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database
from kit.facts import record
from kit.problems import field_invalid
from services.clusters.people.hashing import HASHING, hash_if_right, hashed
from services.clusters.people.models import Address, Password, Person
from services.clusters.people.queries import addresses_of, lock_password, lock_person, person_by_mail
from services.clusters.sessions.actions import came_by_link, end_links, end_other_sessions
from services.clusters.tries.actions import Origin, forget_devices, forget_try, keep_try


async def find_or_register_person(session: AsyncSession, *, mail: str, name: str, language: str, zone: str) -> Person:
    """The person with this address; a new one, with this name, when nobody has it yet."""
    if known := await person_by_mail(session, mail):
        return known
    person = Person(name=name, language=language, zone=zone)
    session.add(person)
    await session.flush()
    address = insert(Address).values(mail=mail, person_id=person.id).on_conflict_do_nothing()
    # Of two who bring the same new person at once, the second waits here, and finds the person of the first.
    if (await session.exec(address.returning(col(Address.mail)))).first() is None:
        await session.delete(person)
        winner = await person_by_mail(session, mail)
        assert winner
        return winner
    _tell(session, person, "person.registered")
    return person


async def change_profile(session: AsyncSession, person: Person, *, name: str, language: str, zone: str) -> Person:
    # Locked, so that the fact of the later change comes later.
    person = await lock_person(session, person.id)
    person.name, person.language, person.zone = name, language, zone
    _tell(session, person, "person.changed")
    return person


def _tell(session: AsyncSession, person: Person, kind: str) -> None:
    told: dict[str, Any] = {"name": person.name, "language": person.language, "zone": person.zone}
    record(session, kind, actor_id=person.id, person_id=person.id, **told)


async def set_password(
    database: Database, person_id: UUID, password: str, old_password: str | None, session_secret: str | None
) -> None:
    """Set or replace a password, and end every other way in: sessions, links that were mailed, known devices.

    Raises Invalid at the field `old_password`, TooManyTries, and Unavailable when many try at once.
    """
    origin = str(person_id)
    with HASHING.place(origin, origin):
        kept, replaced = await _old_password_given(database, person_id, old_password, session_secret)
        new = await hashed(origin, password)
    async with database.transaction() as session:
        await forget_try(session, kept)
        # Locked: of two who replace the same password, the later does not know the one that there is now.
        password_now = await lock_password(session, person_id)
        if (password_now.hash if password_now else None) != replaced:
            raise field_invalid("old_password", "password_wrong")
        await session.merge(Password(person_id=person_id, hash=new, set_at=real_now()))
        # Links first: whoever comes in by one just now has a session when this goes on.
        for mail in await addresses_of(session, person_id):
            await end_links(session, mail)
        await end_other_sessions(session, person_id, session_secret)
        await forget_devices(session, person_id)


async def _old_password_given(
    database: Database, person_id: UUID, old_password: str | None, session_secret: str | None
) -> tuple[UUID | None, str | None]:
    """(the try that was kept, the hash of the password now); each None when there was none.

    No connection is held while it is verified.
    """
    async with database.transaction() as session:
        known = await session.get(Password, person_id)
        if known is None or (not old_password and await came_by_link(session, person_id, session_secret)):
            return None, known.hash if known else None
        if not old_password:
            raise field_invalid("old_password", "missing")
        kept = await keep_try(session, str(person_id), Origin())
    if await hash_if_right(str(person_id), known, old_password) is None:
        raise field_invalid("old_password", "password_wrong")
    return kept, known.hash
