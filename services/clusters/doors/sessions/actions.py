from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.facts import record
from kit.problems import NotFound
from services.clusters.directory.people.models import Person
from services.clusters.doors.sessions.browsers import browser_of
from services.clusters.doors.sessions.models import Door, Session
from services.clusters.doors.sessions.queries import open_sessions, session_by_digest, session_of
from services.clusters.doors.tries.models import digest, new_secret
from services.clusters.facts import SessionEnded

FRESH = timedelta(hours=1)


def begin_session(
    db: AsyncSession, person: Person, *, agent: str = "", door: Door, passkey_id: UUID | None = None
) -> str:
    """The secret that opens it; `agent` is what the browser says of itself."""
    secret, said = new_secret(), browser_of(agent)
    begun = Session(
        secret_digest=digest(secret),
        person_id=person.id,
        by_link=door is Door.link,
        door=door,
        passkey_id=passkey_id,
        proven_at=real_now() if door is Door.passkey else None,
        browser=said.name,
        system=said.system,
    )
    db.add(begun)
    return secret


async def end_session(db: AsyncSession, secret: str) -> None:
    """End it; a session that is unknown or ended already stays so."""
    if (known := await session_of(db, secret)) and known.ended_at is None:
        _end(db, known)


async def end_own_session(db: AsyncSession, person_id: UUID, session: str) -> None:
    """End a session of the person by the digest of its secret; one that has ended stays so. Raises NotFound."""
    known = await session_by_digest(db, session)
    if known is None or known.person_id != person_id:
        raise NotFound
    if known.ended_at is None:
        _end(db, known)


async def end_other_sessions(db: AsyncSession, person_id: UUID, but: str | None) -> None:
    """End every session of the person but the one whose secret has this digest."""
    await _end_those(db, person_id, lambda known: known.secret_digest != but)


async def end_unproven_sessions(db: AsyncSession, person_id: UUID) -> None:
    """End those that took no second step; all of them are locked."""
    await _end_those(db, person_id, lambda known: known.proven_at is None)


async def end_sessions_of_passkey(db: AsyncSession, person_id: UUID, passkey_id: UUID) -> None:
    """End those that began with it."""
    await _end_those(db, person_id, lambda known: known.passkey_id == passkey_id)


async def _end_those(db: AsyncSession, person_id: UUID, which: Callable[[Session], bool]) -> None:
    for known in await open_sessions(db, person_id):
        if which(known):
            _end(db, known)


async def came_by_link(db: AsyncSession, person_id: UUID, secret: str | None) -> bool:
    """Whether this open session of the person began with a mail link within the last hour."""
    known = await session_of(db, secret or "")
    if known is None or known.person_id != person_id or known.ended_at:
        return False
    return known.by_link and known.began_at > real_now() - FRESH


def _end(db: AsyncSession, known: Session) -> None:
    known.ended_at = real_now()
    ended = SessionEnded(person_id=known.person_id, session=known.secret_digest)
    record(db, ended, actor_id=known.person_id)
