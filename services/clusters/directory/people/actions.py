from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.facts import record
from kit.locking import lock
from kit.problems import Unauthenticated
from services.clusters.directory.people.models import Address, Person
from services.clusters.directory.people.queries import people_by_mail, person_by_mail
from services.roster.facts import PersonChanged, PersonFact, PersonRegistered


async def find_or_register_person(db: AsyncSession, *, mail: str, name: str, language: str, zone: str) -> Person:
    """The person with this address; a new one, with this name, when nobody has it yet."""
    if known := await person_by_mail(db, mail):
        return known
    person = Person(name=name, language=language, zone=zone)
    db.add(person)
    await db.flush()
    address = insert(Address).values(mail=mail, person_id=person.id).on_conflict_do_nothing()
    # Of two who bring the same new person at once, the second waits here, and finds the person of the first.
    if (await db.exec(address.returning(col(Address.mail)))).first() is None:
        await db.delete(person)
        winner = await person_by_mail(db, mail)
        assert winner
        return winner
    _tell(db, person, PersonRegistered)
    return person


@dataclass(frozen=True)
class NewPerson:
    """Somebody by their address, and what they are called if nobody has it yet."""

    mail: str
    name: str
    language: str
    zone: str


async def find_or_register_people(db: AsyncSession, wanted: Sequence[NewPerson]) -> dict[str, Person]:
    """The same for many, whose addresses are in order: the persons by their addresses."""
    known = await people_by_mail(db, [one.mail for one in wanted])
    new = {
        one.mail: Person(name=one.name, language=one.language, zone=one.zone) for one in wanted if one.mail not in known
    }
    if not new:
        return known
    db.add_all(new.values())
    await db.flush()
    rows = [{"mail": mail, "person_id": person.id} for mail, person in new.items()]
    # As above: what somebody else brings at the same time is waited for, and found.
    taken = insert(Address).values(rows).on_conflict_do_nothing().returning(col(Address.mail))
    ours = {mail for (mail,) in await db.exec(taken)}
    for mail, person in new.items():
        if mail in ours:
            _tell(db, person, PersonRegistered)
        else:
            await db.delete(person)
    theirs = await people_by_mail(db, [mail for mail in new if mail not in ours])
    return known | {mail: person for mail, person in new.items() if mail in ours} | theirs


async def change_profile(
    db: AsyncSession,
    person: Person,
    *,
    name: str,
    language: str,
    zone: str,
    title_before: str | None = None,
    title_after: str | None = None,
) -> Person:
    """A title that is None stays. Raises Unauthenticated for who left meanwhile."""
    # Locked, so that the fact of the later change comes later.
    person = await lock(db, Person, person.id, key_share=True)
    if person.left_at:
        raise Unauthenticated
    person.name, person.language, person.zone = name, language, zone
    person.title_before = person.title_before if title_before is None else title_before
    person.title_after = person.title_after if title_after is None else title_after
    _tell(db, person, PersonChanged)
    return person


def _tell(db: AsyncSession, person: Person, kind: type[PersonFact]) -> None:
    fact = kind(person_id=person.id, name=person.name, language=person.language, zone=person.zone)
    record(db, fact, actor_id=person.id)
