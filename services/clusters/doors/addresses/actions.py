"""An address becomes somebody's when they show that they read its mails; until then nothing changes.

Whether a typed address is somebody else's decides the worker, and the letter that goes there: who typed it sees and
waits the same.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar
from urllib.parse import urlencode
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import plain
from kit.facts import record
from kit.jobs import enqueue
from kit.locking import lock, lock_if_there
from kit.problems import NotFound, Problem, TooMany, Unauthenticated, field_invalid
from services.clusters.directory.people.models import Address, Person
from services.clusters.directory.people.queries import addresses_of, own_addresses, person_by_mail
from services.clusters.doors.addresses.models import (
    CONFIRMED_WITHIN,
    SAID_WITHIN,
    WAITS_FOR,
    WaitingAddress,
    asker_of_letters,
    letters_asked_by,
    letters_asked_from,
    letters_to,
)
from services.clusters.doors.addresses.queries import forget_address
from services.clusters.doors.factors.actions import require_just_come
from services.clusters.doors.links.actions import end_links
from services.clusters.doors.tries.actions import Origin, TooManyTries, keep_wrong_try
from services.clusters.doors.tries.models import digest, new_secret
from services.clusters.facts import AddressesChanged
from services.clusters.post.kinds.kind import Kind
from services.clusters.post.kinds.kinds import AddressConfirmation, AddressWanted, WayInChanged
from services.clusters.post.notices.actions import mail_to, mail_to_all
from services.clusters.post.notices.queries import direct_mails, forget_returns, recall_mails
from services.clusters.post.unreached.actions import mark_reached

MOST_ADDRESSES = 5
COUNTED_WITHIN = timedelta(days=1)
# Letters in a day: of somebody, of somebody to an address, of all to it, and of a region behind one address.
MOST_OF_PERSON, MOST_TO_ADDRESS, MOST_TO_ADDRESS_OF_ALL, MOST_HERE = 10, 5, 20, 300
PAGE = "/profile#addresses"


class TooManyAddresses(Problem):
    status, title = 409, "Five addresses are enough: remove one first"


class TooManyLetters(TooMany):
    status, title = 429, "So many letters were asked for that no more go out today: try again tomorrow"
    headers: ClassVar[dict[str, str]] = {"Retry-After": str(int(COUNTED_WITHIN.total_seconds()))}


class NoAddressWaits(Problem):
    status, title = 409, "No address waits to be confirmed: add it again"


class AddressLinkEnded(Problem):
    status, title = 410, "This link was used already, or is too old: have another sent"


class AddressTaken(Problem):
    status, title = 409, "This address is somebody's here meanwhile"


class LastAddress(Problem):
    status, title = 409, "This is your only address: add another first"


class LettersGoThere(Problem):
    status, title = 409, "Your letters go to this address: choose another one for them first"


async def add_address(db: AsyncSession, person: Person, mail: str, session: str, source: str) -> None:
    """Have a letter sent there, which asks; an address that waited before waits no more.

    Raises SignedOut, CameLongAgo, TooManyAddresses, TooManyLetters, and Invalid for one that is theirs already.
    """
    await require_just_come(db, session, person.id)
    await _hold(db, person.id)
    mine = await addresses_of(db, person.id)
    if mail in mine:
        raise field_invalid("mail", "mail_yours")
    if len(mine) >= MOST_ADDRESSES:
        raise TooManyAddresses
    await _count_letter(db, person.id, mail, source)
    await _forget_waiting(db, person.id)
    db.add(WaitingAddress(person_id=person.id, mail=mail))
    await enqueue(db, "address.send_letter", urgent=True, person_id=person.id)


async def send_letter_again(db: AsyncSession, person: Person, source: str) -> None:
    """Another letter; the link before works no more. Raises NoAddressWaits, TooManyLetters."""
    await _hold(db, person.id)
    waiting = await lock_if_there(db, WaitingAddress, person.id)
    if waiting is None:
        raise NoAddressWaits
    await _count_letter(db, person.id, waiting.mail, source)
    await recall_mails(await plain(db), person.id, waiting.mail)
    waiting.asked_at, waiting.sent_at, waiting.secret_digest = real_now(), None, ""
    await enqueue(db, "address.send_letter", urgent=True, person_id=person.id)


async def drop_waiting(db: AsyncSession, person: Person) -> None:
    """It waits no more, and its link is none; when none waits, nothing changes."""
    await _hold(db, person.id)
    await _forget_waiting(db, person.id)


async def send_letter(db: AsyncSession, person_id: UUID) -> None:
    """Ask at the address that waits; once, however often the job runs."""
    if (await lock(db, Person, person_id, key_share=True)).left_at:
        return
    waiting = await lock_if_there(db, WaitingAddress, person_id)
    if waiting is None or waiting.sent_at:
        return
    secret = new_secret()
    waiting.sent_at, waiting.secret_digest = real_now(), digest(secret)
    letter: Kind
    if owner := await person_by_mail(db, waiting.mail):
        to, letter, path = owner.id, AddressWanted(), "/sign-in"
    else:
        minutes = int(SAID_WITHIN.total_seconds() // 60)
        to, letter = person_id, AddressConfirmation(minutes=minutes)
        path = "/profile/addresses/link?" + urlencode({"key": secret})
    await mail_to(db, to, letter, path, waiting.mail)


async def confirm_address(db: AsyncSession, person: Person, key: str) -> None:
    """It is theirs from now on, and the others are told so; letters go where they went.

    Raises AddressLinkEnded, TooManyAddresses, AddressTaken.
    """
    await _hold(db, person.id)
    waiting = await lock_if_there(db, WaitingAddress, person.id)
    if waiting is None or waiting.secret_digest != digest(key) or waiting.asked_at < real_now() - CONFIRMED_WITHIN:
        raise AddressLinkEnded
    mine = await addresses_of(db, person.id)
    if len(mine) >= MOST_ADDRESSES:
        raise TooManyAddresses
    at = real_now()
    new = insert(Address).values(mail=waiting.mail, person_id=person.id, added_at=at, verified_at=at)
    # Of two who confirm the same address, or one who is invited by it, the second waits here.
    if (await db.exec(new.on_conflict_do_nothing().returning(col(Address.mail)))).first() is None:
        raise AddressTaken
    # Who had it before may have asked for a link while it was removed there.
    await end_links(db, waiting.mail)
    await db.delete(waiting)
    await _tell(db, person.id, WayInChanged(what="address_added", address=waiting.mail), mine)


async def choose_address(db: AsyncSession, person: Person, address_id: UUID, session: str) -> None:
    """Letters go there from now on, and the others are told so.

    Raises SignedOut, CameLongAgo, NotFound, TooManyLetters.
    """
    _found(await own_addresses(db, person.id), address_id)
    await require_just_come(db, session, person.id)
    await _hold(db, person.id)
    main, *others = await own_addresses(db, person.id)
    if main.id == address_id:
        return
    chosen = _found(others, address_id)
    await _count(db, letters_asked_by(person.id), Origin(), MOST_OF_PERSON)
    # Clocks of two copies of the house differ.
    chosen.chosen_at = max(real_now(), (main.chosen_at or main.added_at) + timedelta(microseconds=1))
    await mark_reached(db, person.id, junk_too=True)
    await forget_returns(await plain(db), person.id)
    # What warns of something before goes to who read it before.
    await direct_mails(await plain(db), person.id, WayInChanged.name, main.mail)
    told = [each.mail for each in (main, *others) if each is not chosen]
    await _tell(db, person.id, WayInChanged(what="address_chosen", address=chosen.mail), told)


async def remove_address(db: AsyncSession, person: Person, address_id: UUID, session: str) -> None:
    """Nobody comes in by it any more, and all are told so.

    Raises SignedOut, CameLongAgo, NotFound, LastAddress, LettersGoThere.
    """
    going = _found(await own_addresses(db, person.id), address_id)
    # Links first, as whoever comes in by one or leaves for good locks them before the session and the person.
    await end_links(db, going.mail)
    await require_just_come(db, session, person.id)
    await _hold(db, person.id)
    main, *others = await own_addresses(db, person.id)
    if main.id == address_id:
        raise LettersGoThere if others else LastAddress
    going = _found(others, address_id)
    await db.delete(going)
    await recall_mails(await plain(db), person.id, going.mail)
    await forget_address(await plain(db), going.mail)
    told = [each.mail for each in (main, *others)]
    await _tell(db, person.id, WayInChanged(what="address_removed", address=going.mail), told)


async def forget_old_waiting(db: AsyncSession) -> None:
    await db.exec(delete(WaitingAddress).where(col(WaitingAddress.asked_at) < real_now() - WAITS_FOR))


async def _hold(db: AsyncSession, person_id: UUID) -> None:
    """Locked, so that what they do to their addresses comes one after the other. Raises Unauthenticated."""
    if (await lock(db, Person, person_id, key_share=True)).left_at:
        raise Unauthenticated


def _found(addresses: list[Address], address_id: UUID) -> Address:
    for address in addresses:
        if address.id == address_id:
            return address
    raise NotFound


async def _forget_waiting(db: AsyncSession, person_id: UUID) -> None:
    if waiting := await lock_if_there(db, WaitingAddress, person_id):
        await recall_mails(await plain(db), person_id, waiting.mail)
        await db.delete(waiting)
        await db.flush()


async def _count_letter(db: AsyncSession, person_id: UUID, mail: str, source: str) -> None:
    """Whether the address is known or not. Raises TooManyLetters."""
    await _count(db, letters_asked_by(person_id), Origin(), MOST_OF_PERSON)
    if source:
        await _count(db, letters_asked_from(source), Origin(source), MOST_HERE)
    await _count(db, letters_to(mail), Origin(asker_of_letters(person_id)), MOST_TO_ADDRESS, MOST_TO_ADDRESS_OF_ALL)


async def _count(db: AsyncSession, whose: str, origin: Origin, most: int, most_of_all: int | None = None) -> None:
    try:
        await keep_wrong_try(db, whose, origin, most, COUNTED_WITHIN, most_of_all)
    except TooManyTries as many:
        raise TooManyLetters from many


async def _tell(db: AsyncSession, person_id: UUID, letter: WayInChanged, addresses: Sequence[str]) -> None:
    record(db, AddressesChanged(person_id=person_id), actor_id=person_id)
    await mail_to_all(db, [(person_id, letter, PAGE, address) for address in addresses])
