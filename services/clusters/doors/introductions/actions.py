from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database
from kit.jobs import enqueue
from kit.locking import lock
from kit.problems import Problem, field_invalid
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.queries import leaders_of
from services.clusters.doors.codes.models import Newcomer
from services.clusters.doors.codes.queries import has_come
from services.clusters.doors.identities.actions import IdentityUnknown
from services.clusters.doors.identities.claims import Place
from services.clusters.doors.identities.queries import lock_account
from services.clusters.doors.identities.requests import Account
from services.clusters.doors.introductions.models import Introduction, Welcome
from services.clusters.doors.introductions.queries import introduction_by, schools_numbered, welcome_of
from services.clusters.doors.introductions.schemas import IntroducedIn
from services.clusters.doors.invitations.actions import NobodyToConfirm
from services.clusters.doors.tries.models import digest, new_secret


class AccountOfNoStaff(Problem):
    status, title = 409, "This account does not say that you work at a school: ask at yours to be invited"


class SchoolOfAccountUnknown(Problem):
    status, title = 409, "This house does not know the school that this account names: ask there to be invited"


class SeveralSchoolsOfAccount(Problem):
    status, title = 409, "This account names several schools of this house: ask at yours to be invited"


class IntroductionEnded(Problem):
    status, title = 410, "This was done already, or took too long: sign in with the account again"


async def introduce(database: Database, provider: str, account: Account) -> str:
    """The secret of an introduction to the school that this account names; the one before ends.

    `provider` is its name. Raises IdentityUnknown, AccountOfNoStaff, SchoolOfAccountUnknown, SeveralSchoolsOfAccount,
    NobodyToConfirm.
    """
    if account.place is None:
        raise IdentityUnknown
    secret = new_secret()
    async with database.transaction() as db:
        school = await _school_of(db, account.place)
        whose = digest(f"account {account.subject} of {account.issuer}")
        # Locked: of two sign-ins with one account that come at once, the second ends what the first made.
        await lock_account(db, account.issuer, account.subject)
        await db.exec(delete(Introduction).where(col(Introduction.account_digest) == whose))
        introduction = Introduction(
            secret_digest=digest(secret),
            account_digest=whose,
            school_id=school.id,
            provider=provider,
            name=account.name,
            mail=account.mail,
            waits=account.mail is None or not account.place.is_sure,
        )
        db.add(introduction)
    return secret


async def _school_of(db: AsyncSession, place: Place) -> School:
    if not place.is_staff:
        raise AccountOfNoStaff
    schools = await schools_numbered(db, place.country, place.scheme, place.numbers)
    if len(schools) > 1:
        raise SeveralSchoolsOfAccount
    if not schools:
        raise SchoolOfAccountUnknown
    if not await leaders_of(db, schools[0].id):
        raise NobodyToConfirm
    return schools[0]


async def find_introduction(db: AsyncSession, secret: str, *, locked: bool = False) -> tuple[Introduction, School]:
    """Raises IntroductionEnded."""
    found = await introduction_by(db, secret, locked=locked)
    if found is None or found[0].ends_at < real_now():
        raise IntroductionEnded
    return found


async def waits_for_the_school(db: AsyncSession, introduction: Introduction) -> bool:
    """Whether who leads the school says yes to this newcomer first."""
    return introduction.waits or not await welcome_of(db, introduction.school_id)


async def come_introduced(db: AsyncSession, new: IntroducedIn) -> None:
    """Yes, I work there: the worker asks them in, as who typed a code. Whether the address is known, nobody hears.

    Raises IntroductionEnded, and Invalid where an address is missing.
    """
    introduction, school = await find_introduction(db, new.introduction, locked=True)
    mail = introduction.mail or new.mail
    if mail is None:
        raise field_invalid("mail", "missing")
    await db.delete(introduction)
    if await has_come(db, school.id, mail):
        return
    newcomer = Newcomer(
        school_id=school.id,
        waits=await waits_for_the_school(db, introduction),
        by_account=introduction.provider,
        account_name=introduction.name,
        mail_typed=introduction.mail is None,
        mail=mail,
        **new.model_dump(include={"name", "language"}),
    )
    db.add(newcomer)
    await enqueue(db, "codes.ask_in", urgent=True, newcomer_id=newcomer.id)


async def set_welcome(db: AsyncSession, school: School, by: UUID | None, *, waits: bool) -> None:
    """Whether newcomers whom a provider introduces wait for who leads the school."""
    await lock(db, School, school.id, key_share=True)
    welcome = await welcome_of(db, school.id)
    if welcome and waits:
        await db.delete(welcome)
    elif not (welcome or waits):
        db.add(Welcome(school_id=school.id, made_by=by))
    await db.flush()


async def end_welcome_of_a_leader(db: AsyncSession, person_id: UUID, school_id: UUID) -> None:
    """Who leads the school no longer lets nobody in unasked."""
    if (welcome := await welcome_of(db, school_id)) and welcome.made_by == person_id:
        await db.delete(welcome)
        await db.flush()


async def forget_old_introductions(db: AsyncSession) -> None:
    await db.exec(delete(Introduction).where(col(Introduction.ends_at) < real_now()))
