"""Leaving for good: standing and ways in end at once, what is kept and the name go with a job soon after."""

from datetime import timedelta
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.db import plain
from kit.facts import record
from kit.idempotency import forget_answers_to
from kit.jobs import enqueue
from kit.locking import lock, lock_if_there
from kit.problems import Problem
from services.clusters.directory.people.models import Person
from services.clusters.directory.people.queries import addresses_of
from services.clusters.doors.addresses.models import WaitingAddress, asker_of_letters, letters_asked_by, letters_to
from services.clusters.doors.erasure.queries import (
    end_requests,
    erase_all,
    erase_ways_in,
    erase_writings,
    offices_of,
    staff_of,
    unanswered_invitations,
)
from services.clusters.doors.factors.models import SecondFactor, tries_with_codes, tries_with_recovery_codes
from services.clusters.doors.identities.models import tries_with_account
from services.clusters.doors.identities.queries import identities_of
from services.clusters.doors.invitations.answers import answer
from services.clusters.doors.invitations.models import Answer
from services.clusters.doors.leaving.actions import give_up_school, leave_office
from services.clusters.doors.links.queries import open_links
from services.clusters.doors.passkeys.queries import hold_passkeys
from services.clusters.doors.passwords.models import Password
from services.clusters.doors.sessions.actions import came_by_link, end_other_sessions
from services.clusters.doors.sessions.queries import open_sessions
from services.clusters.doors.tries.actions import Origin
from services.clusters.doors.tries.models import digest
from services.clusters.post.kinds.kinds import NAMES
from services.roster.facts import PersonErased, Writings

# By then who follows has heard of it; news that one tells later says whom it names, and is told without the name.
ERASED_AFTER = timedelta(seconds=20)


class CameByNoLink(Problem):
    status, title = 409, "Come in by a mail link first: within an hour after that it can be done"


async def leave_for_good(db: AsyncSession, person: Person, writings: Writings, session_secret: str) -> None:
    """End every standing and every way in, and tell those who follow; the rest goes with a job. Twice is as once.

    Raises CameByNoLink, LastCoordinator, LastProgrammeCoordinator.
    """
    if not await came_by_link(db, person.id, session_secret):
        raise CameByNoLink
    # First what lets somebody in, in the order in which who comes in by it locks that: invitations, the password,
    # links, passkeys, sessions, the second factor; then the person, to whom whatever begins for them refers.
    await unanswered_invitations(db, person.id)
    await lock_if_there(db, Password, person.id)
    for mail in await addresses_of(db, person.id):
        await open_links(db, mail)
    await hold_passkeys(db, person.id)
    await open_sessions(db, person.id)
    await lock_if_there(db, SecondFactor, person.id)
    person = await lock(db, Person, person.id)
    if person.left_at:
        return
    for invitation in await unanswered_invitations(db, person.id):
        await answer(db, invitation, Answer.declined, person.id)
    addresses = await addresses_of(db, person.id)
    tried = [tries_with_account(each.issuer, each.subject) for each in await identities_of(db, person.id)]
    waiting = await db.get(WaitingAddress, person.id)
    tried += [letters_asked_by(person.id), *map(letters_to, [*addresses, *([waiting.mail] if waiting else [])])]
    tried += [
        Origin(asker_of_letters(person.id)).key,
        *addresses,
        str(person.id),
        tries_with_codes(person.id),
        tries_with_recovery_codes(person.id),
    ]
    digests = [digest(each) for each in tried]
    person.left_at, person.name, person.language, person.zone = now(), "", "en", "UTC"
    person.title_before = person.title_after = ""
    person.mail_key = uuid4()
    await db.flush()
    # Links before sessions: whoever comes in by one just now has a session when this goes on.
    await erase_ways_in(await plain(db), person.id, addresses, digests)
    await end_other_sessions(db, person.id, None)
    await end_requests(await plain(db), person.id)
    if writings == Writings.go:
        await erase_writings(await plain(db), person.id)
    for staff in await staff_of(db, person.id):
        await give_up_school(db, staff, person.id)
    for office in await offices_of(db, person.id):
        await leave_office(db, office, person.id)
    erased = PersonErased(person_id=person.id, name="", language="en", zone="UTC", writings=writings)
    record(db, erased, actor_id=person.id)
    await enqueue(db, "person.erase", after=ERASED_AFTER, urgent=True, person_id=person.id)


async def erase_person(db: AsyncSession, person_id: UUID) -> None:
    """Keep nothing of who left but the id; run again, it changes nothing."""
    person = await lock_if_there(db, Person, person_id)
    if person and person.left_at:
        connection = await plain(db)
        await erase_all(connection, person_id, NAMES)
        await forget_answers_to(connection, person_id)
