import asyncio
from functools import cache
from typing import Any

from pwdlib import PasswordHash
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.facts import record
from services.clusters.people.models import Address, Password, Person
from services.clusters.people.queries import lock_person, person_by_mail

HASHER = PasswordHash.recommended()
HASHING = asyncio.Semaphore(2)  # argon2 takes 64 MiB and a quarter of a second each


async def find_or_register_person(session: AsyncSession, *, mail: str, name: str, language: str, zone: str) -> Person:
    """The person with this address; a new one, with this name, when nobody has it yet."""
    if known := await person_by_mail(session, mail):
        return known
    person = Person(name=name, language=language, zone=zone)
    session.add(person)
    await session.flush()
    address = insert(Address).values(mail=mail.lower(), person_id=person.id).on_conflict_do_nothing()
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


async def set_password(session: AsyncSession, person: Person, password: str) -> None:
    async with HASHING:
        hashed = await asyncio.to_thread(HASHER.hash, password)
    await session.merge(Password(person_id=person.id, hash=hashed, set_at=now()))


async def password_matches(session: AsyncSession, person: Person | None, password: str) -> bool:
    """Whether this is the person's password; takes as long for a person who does not exist."""
    known = await session.get(Password, person.id) if person else None
    async with HASHING:
        return (
            await asyncio.to_thread(HASHER.verify, password, known.hash if known else _nobodys_hash())
            and known is not None
        )


@cache
def _nobodys_hash() -> str:
    return HASHER.hash("nobody has this password")
