from datetime import timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.locking import lock_if_there, lock_number
from kit.problems import Problem
from services.clusters.directory.offices.actions import OFFICES_LOCK
from services.clusters.directory.offices.models import OfficeKind
from services.clusters.directory.offices.queries import programme_coordinators
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.people.models import Address
from services.clusters.directory.people.queries import addresses_of, person_by_mail
from services.clusters.directory.programme.actions import PROGRAMME_LOCK, change_programme
from services.clusters.directory.programme.models import Programme
from services.clusters.doors.invitations.actions import invite_into_office, withdraw
from services.clusters.doors.links.actions import end_links, link_path
from services.clusters.doors.opening.actions import open_house
from services.clusters.doors.setting_up.models import SETUP_LINK_LASTS, SetupLink
from services.clusters.doors.setting_up.queries import asked_to_coordinate, setup_links
from services.clusters.doors.setting_up.schemas import CoordinatorAskedOut, HouseIn
from services.clusters.doors.tries.models import digest, new_secret

WAY_IN_LASTS = timedelta(days=1)


class SetupLinkUnknown(Problem):
    status, title = 404, "This set-up link is not one of this house: have a new one printed"


class SetupLinkEnded(Problem):
    status, title = 410, "This set-up link was used, or is too old: have a new one printed"


class Coordinated(Problem):
    status, title = 410, "Somebody coordinates the programme already: they invite further people in the house itself"


async def make_setup_link(db: AsyncSession) -> str:
    """A new one, in place of all before: the path of web where it leads. Raises Coordinated."""
    await _while_nobody_coordinates(db)
    for old in await setup_links(db):
        await db.delete(old)
    secret = new_secret()
    db.add(SetupLink(secret_digest=digest(secret), ends_at=real_now() + SETUP_LINK_LASTS))
    return f"/open-house?key={secret}"


async def open_link(db: AsyncSession, secret: str) -> SetupLink:
    """The link with this secret, for this transaction alone. Raises SetupLinkUnknown, SetupLinkEnded, Coordinated."""
    # Looked for before anything is locked: whoever guesses holds nobody up.
    if await db.get(SetupLink, digest(secret)) is None:
        raise SetupLinkUnknown
    await _while_nobody_coordinates(db)
    link = await lock_if_there(db, SetupLink, digest(secret))
    if link is None:
        raise SetupLinkUnknown
    if link.used_at or link.ends_at < real_now():
        raise SetupLinkEnded
    return link


async def begin_by_link(db: AsyncSession, secret: str, house: HouseIn) -> CoordinatorAskedOut:
    """What the link is for, once. Raises what `open_link` and `begin` raise."""
    link = await open_link(db, secret)
    link.used_at = real_now()
    return await begin(db, house)


async def begin(db: AsyncSession, house: HouseIn) -> CoordinatorAskedOut:
    """Name the programme, ask its first coordinator, and open the house. Raises Coordinated, SentAlready.

    Said again before anybody has come, it replaces what was said: who was asked by a wrong address is asked no more.
    Who came in before gets the mail alone: a set-up link opens nobody's account.
    """
    await _while_nobody_coordinates(db)
    await lock_number(db, PROGRAMME_LOCK)
    known = await db.get(Programme, 1, populate_existing=True)
    await change_programme(db, known, house.programme, None)
    for invitation in await asked_to_coordinate(db):
        await withdraw(db, invitation, None)
    who = house.coordinator
    person = await find_or_register_person(db, **who.model_dump())
    asked = await invite_into_office(db, person, OfficeKind.programme_coordinator, None, who.mail, None)
    await open_house(db, None)
    ends_at = real_now() + WAY_IN_LASTS
    path = None
    if (await db.get_one(Address, who.mail)).verified_at is None:
        path = link_path(db, who.mail, WAY_IN_LASTS, f"/invitations/{asked.id}", invitation_id=asked.id)
    return CoordinatorAskedOut(name=person.name, mail=who.mail, path=path, ends_at=ends_at)


class NotCoordinator(Exception):
    """Nobody with this address coordinates the programme."""


async def way_back_in(db: AsyncSession, mail: str) -> str:
    """The path that signs a programme coordinator in, once, within a day; every earlier link of theirs ends.

    For whoever runs the house, when no mail reaches them. Raises NotCoordinator.
    """
    person = await person_by_mail(db, mail)
    if person is None or person.id not in await programme_coordinators(db):
        raise NotCoordinator
    for each in await addresses_of(db, person.id):
        await end_links(db, each)
    return link_path(db, mail, WAY_IN_LASTS, "/")


async def _while_nobody_coordinates(db: AsyncSession) -> None:
    # Who says yes at this moment does so before or after this, and not meanwhile.
    await lock_number(db, OFFICES_LOCK)
    if await programme_coordinators(db):
        raise Coordinated
