from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.db import Db
from kit.problems import NotFound, Unauthenticated
from services.clusters.directory.people.models import Address, Person
from services.roster.standing import CurrentMember

CLUSTER = sa.table("cluster", sa.column("id", sa.Uuid), sa.column("name", sa.String))
# The address of `person` that letters go to.
LETTERS_GO_TO = """(select mail from address where person_id = person.id
  order by chosen_at desc nulls last, added_at, mail limit 1)"""


async def myself(db: Db, actor: CurrentMember) -> Person:
    """The person who asks. Raises Unauthenticated for guests and for clients that act for nobody."""
    person = await db.get(Person, actor.id) if actor.id else None
    if person is None or person.left_at:
        raise Unauthenticated
    return person


async def person_by_mail(db: AsyncSession, mail: str) -> Person | None:
    theirs = select(Person).join(Address, col(Address.person_id) == Person.id).where(Address.mail == mail)
    return (await db.exec(theirs)).one_or_none()


async def people_by_mail(db: AsyncSession, mails: Sequence[str]) -> dict[str, Person]:
    """Those who have these addresses, by them."""
    theirs = select(Address.mail, Person).join(Person, col(Address.person_id) == Person.id)
    return dict((await db.exec(theirs.where(col(Address.mail).in_(mails)))).all()) if mails else {}


async def name_of(db: AsyncSession, person_id: UUID | None) -> str:
    """Empty for the house itself, and for who is gone; what a cluster decided is done under its own name."""
    if person_id is None:
        return ""
    if person := await db.get(Person, person_id):
        return person.name
    return (await db.exec(select(CLUSTER.c.name).where(CLUSTER.c.id == person_id))).one_or_none() or ""


async def addresses_of(db: AsyncSession, person_id: UUID) -> list[str]:
    """The first is the one that letters go to."""
    return [address.mail for address in await own_addresses(db, person_id)]


async def own_addresses(db: AsyncSession, person_id: UUID) -> list[Address]:
    """In the order of `LETTERS_GO_TO`."""
    return (await addresses_of_all(db, [person_id])).get(person_id, [])


async def addresses_of_all(db: AsyncSession, person_ids: Collection[UUID]) -> dict[UUID, list[Address]]:
    """Those of each of these people, in the order of `LETTERS_GO_TO`."""
    theirs = select(Address).where(col(Address.person_id).in_(person_ids))
    chosen = col(Address.chosen_at).desc().nulls_last()
    by_person: dict[UUID, list[Address]] = {}
    for address in await db.exec(theirs.order_by(chosen, col(Address.added_at), col(Address.mail))):
        by_person.setdefault(address.person_id, []).append(address)
    return by_person


async def hold_person(db: AsyncSession, person_id: UUID) -> None:
    """They do not leave for good while this transaction gives them something. Raises NotFound when they have."""
    held = select(Person.left_at).where(Person.id == person_id).with_for_update(read=True, key_share=True)
    if (await db.exec(held)).one():
        raise NotFound


async def hold_those_here(db: AsyncSession, people: Collection[UUID]) -> list[UUID]:
    """Those of them who have not left for good, and do not while this transaction tells them something."""
    held = select(Person.id).where(col(Person.id).in_(people), col(Person.left_at).is_(None)).order_by(col(Person.id))
    return list(await db.exec(held.with_for_update(read=True, key_share=True)))
