from typing import Literal
from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database, plain
from kit.locking import lock
from kit.problems import NotFound, Problem, Unauthenticated
from services.clusters.directory.people.models import Address, Person
from services.clusters.directory.people.queries import person_by_mail
from services.clusters.doors.identities import queries
from services.clusters.doors.identities.models import Disconnection, Identity, tries_with_account
from services.clusters.doors.identities.providers import ProviderAway, Providers
from services.clusters.doors.identities.requests import Account, TooManyAnswers, account_of
from services.clusters.doors.identities.schemas import ProviderAnswerIn
from services.clusters.doors.sessions.actions import begin_session
from services.clusters.doors.sessions.models import Door
from services.clusters.doors.tries.actions import Origin, TooManyTries, keep_wrong_try
from services.clusters.post.notices.actions import tell_people
from services.clusters.post.notices.schemas import NoticeIn


class IdentityUnknown(Problem):
    status, title = 409, "Nobody here has this account: sign in by a mail link, then connect it"


class IdentityTaken(Problem):
    status, title = 409, "This account lets somebody else in here: it has to be disconnected there first"


async def sign_in_by_provider(
    database: Database, providers: Providers, answer: ProviderAnswerIn, origin: Origin, agent: str = ""
) -> tuple[str, Person] | Account:
    """(the new session's secret, its person); or an account that nobody has here. Raises what `account_of` raises.

    `origin` is a network: as long as nobody knows who comes, no device is known to be theirs.
    """
    account = await account_of(database, providers, answer, origin)
    async with database.transaction() as db:
        if person := await _person_of(db, providers, account):
            return begin_session(db, person, agent=agent, door=Door.provider), person
    try:
        async with database.transaction() as db:
            await keep_wrong_try(db, tries_with_account(account.issuer, account.subject), origin)
    except TooManyTries as many:
        raise TooManyAnswers from many
    return account


async def _person_of(db: AsyncSession, providers: Providers, account: Account) -> Person | None:
    """Whose account this is; one that comes for the first time is of who has the address, and is remembered.

    Not when they have another account of this issuer, or disconnected one: an address moves on to somebody else. Nor
    when the account is of somebody who learns. Raises ProviderAway when that was not heard.
    """
    await queries.lock_account(db, account.issuer, account.subject)
    if person := await queries.person_of_account(db, account.issuer, account.subject):
        return person
    if account.is_half_heard:
        raise ProviderAway
    if account.place and not account.place.is_staff:
        return None
    person = await person_by_mail(db, account.mail) if account.mail else None
    if person is None:
        return None
    # Locked: of two accounts with this address that come at once, the second finds the first.
    person = await lock(db, Person, person.id, key_share=True)
    if person.left_at or await queries.knows_issuer(db, person.id, account.issuer):
        return None
    address = await db.get(Address, account.mail, populate_existing=True)
    if address is None or address.person_id != person.id:
        return None
    await _connect(db, providers, person.id, account)
    address.verified_at = address.verified_at or real_now()
    return person


async def connect(
    database: Database, providers: Providers, answer: ProviderAnswerIn, origin: Origin, person_id: UUID
) -> None:
    """Let this account in as the person from now on. Raises IdentityTaken, and what `account_of` raises."""
    account = await account_of(database, providers, answer, origin, person_id)
    async with database.transaction() as db:
        await queries.lock_account(db, account.issuer, account.subject)
        if (await lock(db, Person, person_id, key_share=True)).left_at:
            raise Unauthenticated
        known = await queries.person_of_account(db, account.issuer, account.subject)
        if known and known.id != person_id:
            raise IdentityTaken
        if known is None:
            await _connect(db, providers, person_id, account)
        await db.exec(
            delete(Disconnection).where(
                col(Disconnection.person_id) == person_id, col(Disconnection.issuer) == account.issuer
            )
        )


async def _connect(db: AsyncSession, providers: Providers, person_id: UUID, account: Account) -> None:
    db.add(Identity(person_id=person_id, issuer=account.issuer, subject=account.subject))
    await _tell(db, "identity_connected", person_id, providers.name_of(account.issuer))


async def disconnect(db: AsyncSession, providers: Providers, person_id: UUID, identity_id: UUID) -> None:
    """It lets nobody in any more, and its address does not connect it again. Raises NotFound."""
    identity = await db.get(Identity, identity_id)
    if identity is None or identity.person_id != person_id:
        raise NotFound
    await db.delete(identity)
    await db.merge(Disconnection(person_id=person_id, issuer=identity.issuer))
    await _tell(db, "identity_disconnected", person_id, providers.name_of(identity.issuer))


async def _tell(
    db: AsyncSession,
    kind: Literal["identity_connected", "identity_disconnected"],
    person_id: UUID,
    provider: str,
) -> None:
    """Whoever did it: it is said to whom the account lets in."""
    told = NoticeIn(person_id=person_id, kind=kind, params={"provider": provider}, path="/profile")
    await tell_people(await plain(db), [told])
