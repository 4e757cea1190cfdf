from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database, plain
from kit.facts import record
from kit.jobs import enqueue
from kit.locking import lock, lock_if_there
from kit.problems import Problem, TooMany
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.models import StaffRole
from services.clusters.doors.codes.models import Newcomer, SchoolCode
from services.clusters.doors.codes.queries import code_of, has_come, is_replaced, typed_code
from services.clusters.doors.codes.schemas import NewcomerIn, SchoolCodeIn
from services.clusters.doors.invitations.actions import (
    AlreadyInvited,
    AlreadyStaff,
    NobodyToConfirm,
    SentAlready,
    invite_into_school,
)
from services.clusters.doors.invitations.queries import staff_at
from services.clusters.doors.links.actions import ask_for_link
from services.clusters.doors.tries.actions import Origin, TooManyTries, keep_wrong_try, refuse_after_many
from services.clusters.facts import SchoolCodeEnded, SchoolCodeMade, SchoolCodeUsed

KEPT_AFTER = timedelta(days=7)
WHERE_ACCOUNTS_ARE = "/profile#identities"
MOST_WRONG = 60  # of a whole staff room behind one address


class CodeUnknown(Problem):
    status, title = 404, "No school has this code: look whether it is typed as it stands there"


class CodeEnded(Problem):
    status, title = 410, "This code lets nobody in any more: ask at your school for a new one"


class TooManyCodes(TooMany):
    status, title = 429, "Too many codes that no school has came from here: wait a quarter of an hour"
    headers: ClassVar[dict[str, str]] = TooManyTries.headers


async def make_code(db: AsyncSession, school: School, new: SchoolCodeIn, by: UUID | None) -> SchoolCode:
    """A new code for the school; the one before lets nobody in from now on."""
    await lock(db, School, school.id, key_share=True)
    if before := await code_of(db, school.id):
        await db.delete(before)
        await db.flush()
    ends_at = real_now() + timedelta(days=new.days)
    code = SchoolCode(
        school_id=school.id,
        replaced=before.code if before else None,
        waits=new.waits,
        most=new.most,
        made_by=by,
        ends_at=ends_at,
    )
    db.add(code)
    await db.flush()
    record(db, SchoolCodeMade(school_id=school.id), actor_id=by)
    return code


async def end_code(db: AsyncSession, school_id: UUID, by: UUID | None) -> None:
    """Off at once; who types it reads so for a while. Switched off again, it changes nothing."""
    # Switched off twice at once, it is told once.
    await lock(db, School, school_id, key_share=True)
    code = await code_of(db, school_id)
    if code and code.is_live:
        code.ends_at = real_now()
        record(db, SchoolCodeEnded(school_id=school_id), actor_id=by)


async def end_code_of_a_leader(db: AsyncSession, person_id: UUID, school_id: UUID, by: UUID | None) -> None:
    """Who leads the school no longer has made no code of it."""
    if (code := await code_of(db, school_id)) and code.made_by == person_id:
        await end_code(db, school_id, by)


async def find_code(database: Database, typed: str, origin: Origin) -> tuple[SchoolCode, School]:
    """Whose code somebody typed. Raises CodeUnknown (which counts as a wrong try), CodeEnded, TooManyCodes."""
    # By origin alone: whoever guesses on and on keeps no other visitor from typing theirs.
    whose = f"a code, typed at {origin.key}"
    try:
        async with database.transaction() as db:
            await refuse_after_many(await plain(db), whose, origin, MOST_WRONG)
            found = await typed_code(db, typed)
            if found is None and await is_replaced(db, typed):
                raise CodeEnded
        if found is None:
            async with database.transaction() as db:
                await keep_wrong_try(db, whose, origin, MOST_WRONG)
            raise CodeUnknown
    except TooManyTries as many:
        raise TooManyCodes from many
    if not found[0].is_live:
        raise CodeEnded
    return found


async def come_by_code(database: Database, new: NewcomerIn, origin: Origin) -> None:
    """Somebody says who they are; the worker asks them in. Who came by this code before is counted once.

    Raises as `find_code`.
    """
    await find_code(database, new.code, origin)
    async with database.transaction() as db:
        # Locked, so that those who come at once are counted one after the other.
        found = await typed_code(db, new.code, locked=True)
        if found is None or not found[0].is_live:
            raise CodeEnded
        code, school = found
        if await has_come(db, school.id, new.mail):
            return
        code.used += 1
        record(db, SchoolCodeUsed(school_id=school.id))
        newcomer = Newcomer(
            school_id=school.id, waits=code.waits, **new.model_dump(include={"name", "mail", "language"})
        )
        db.add(newcomer)
        await enqueue(db, "codes.ask_in", urgent=True, newcomer_id=newcomer.id)


async def ask_in(db: AsyncSession, newcomer_id: UUID) -> None:
    """Ask a newcomer into the school, or its leaders first; once, however often the job runs.

    Who is asked already is told nothing anew. Who works there and came by an account gets a link to where it is
    connected: by mail, so that nobody else learns that they do.
    """
    newcomer = await lock_if_there(db, Newcomer, newcomer_id)
    if newcomer is None:
        return
    school = await db.get_one(School, newcomer.school_id)
    try:
        async with db.begin_nested():
            person = await find_or_register_person(
                db, mail=newcomer.mail, name=newcomer.name, language=newcomer.language, zone=school.zone
            )
            if await staff_at(db, person.id, school.id):
                if newcomer.by_account:
                    await ask_for_link(db, newcomer.mail, WHERE_ACCOUNTS_ARE)
            else:
                await invite_into_school(
                    db,
                    school,
                    person,
                    StaffRole.teacher,
                    newcomer.mail,
                    None,
                    confirmed=not newcomer.waits,
                    by_code=not newcomer.by_account,
                    by_account=newcomer.by_account,
                    account_name=newcomer.account_name,
                    mail_typed=newcomer.mail_typed,
                )
    except (AlreadyStaff, AlreadyInvited, SentAlready, NobodyToConfirm):
        pass
    await db.delete(newcomer)


async def forget_old_codes(db: AsyncSession) -> None:
    """A code that ended a while ago says so no longer; who could not be asked in is forgotten."""
    before = real_now() - KEPT_AFTER
    await db.exec(delete(SchoolCode).where(col(SchoolCode.ends_at) < before))
    await db.exec(delete(Newcomer).where(col(Newcomer.asked_at) < before))
