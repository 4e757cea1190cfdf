from datetime import timedelta
from uuid import UUID

from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Database, plain
from kit.jobs import enqueue
from kit.locking import lock, lock_if_there
from kit.problems import Problem
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.schools.models import School
from services.clusters.directory.staff.models import StaffRole
from services.clusters.doors.codes.models import Newcomer, SchoolCode
from services.clusters.doors.codes.queries import code_of, typed_code
from services.clusters.doors.codes.schemas import NewcomerIn, SchoolCodeIn
from services.clusters.doors.invitations.actions import (
    AlreadyInvited,
    AlreadyStaff,
    NobodyToConfirm,
    SentAlready,
    invite_into_school,
)
from services.clusters.doors.invitations.queries import staff_at
from services.clusters.doors.tries.actions import Origin, keep_wrong_try, refuse_after_many

KEPT_AFTER = timedelta(days=7)


class CodeUnknown(Problem):
    status, title = 404, "No school has this code: look whether it is typed as it stands there"


class CodeEnded(Problem):
    status, title = 410, "This code lets nobody in any more: ask at your school for a new one"


async def make_code(db: AsyncSession, school: School, new: SchoolCodeIn, by: UUID | None) -> SchoolCode:
    """A new code for the school; the one before lets nobody in from now on."""
    await lock(db, School, school.id, key_share=True)
    await end_code(db, school.id)
    ends_at = real_now() + timedelta(days=new.days)
    code = SchoolCode(school_id=school.id, waits=new.waits, most=new.most, made_by=by, ends_at=ends_at)
    db.add(code)
    await db.flush()
    return code


async def end_code(db: AsyncSession, school_id: UUID) -> None:
    """Off at once; switched off again, it changes nothing."""
    if code := await code_of(db, school_id):
        await db.delete(code)
        await db.flush()


async def find_code(database: Database, typed: str, origin: Origin) -> tuple[SchoolCode, School]:
    """Whose code somebody typed. Raises CodeUnknown (which counts as a wrong try), CodeEnded, TooManyTries."""
    # By origin alone: whoever guesses on and on keeps no other visitor from typing theirs.
    whose = f"a code, typed at {origin.key}"
    async with database.transaction() as db:
        await refuse_after_many(await plain(db), whose, origin)
        found = await typed_code(db, typed)
    if found is None:
        async with database.transaction() as db:
            await keep_wrong_try(db, whose, origin)
        raise CodeUnknown
    if not found[0].is_live:
        raise CodeEnded
    return found


async def come_by_code(database: Database, new: NewcomerIn, origin: Origin) -> None:
    """Somebody says who they are; the worker asks them in. Raises as `find_code`."""
    await find_code(database, new.code, origin)
    async with database.transaction() as db:
        found = await typed_code(db, new.code)
        if found is None or not found[0].is_live:
            raise CodeEnded
        code, school = found
        code.used += 1
        newcomer = Newcomer(
            school_id=school.id, waits=code.waits, **new.model_dump(include={"name", "mail", "language"})
        )
        db.add(newcomer)
        await enqueue(db, "codes.ask_in", urgent=True, newcomer_id=newcomer.id)


async def ask_in(db: AsyncSession, newcomer_id: UUID) -> None:
    """Ask a newcomer into the school, or its leaders first; once, however often the job runs.

    Who works there, or is asked already, is told nothing anew.
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
            if not await staff_at(db, person.id, school.id):
                await invite_into_school(
                    db,
                    school,
                    person,
                    StaffRole.teacher,
                    newcomer.mail,
                    None,
                    confirmed=not newcomer.waits,
                    thread=f"proposed to {school.id}",
                    by_code=True,
                )
    except (AlreadyStaff, AlreadyInvited, SentAlready, NobodyToConfirm):
        pass
    await db.delete(newcomer)


async def forget_old_codes(db: AsyncSession) -> None:
    """A code that ended a while ago says so no longer."""
    await db.exec(delete(SchoolCode).where(col(SchoolCode.ends_at) < real_now() - KEPT_AFTER))
