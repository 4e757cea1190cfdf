from datetime import timedelta
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.facts import record
from services.clusters.directory.people.models import Person
from services.clusters.doors.sessions.models import Session
from services.clusters.doors.sessions.queries import open_sessions, session_of
from services.clusters.doors.tries.models import digest, new_secret
from services.clusters.facts import SessionEnded

FRESH = timedelta(hours=1)


def begin_session(db: AsyncSession, person: Person, *, by_link: bool = False) -> str:
    secret = new_secret()
    db.add(Session(secret_digest=digest(secret), person_id=person.id, by_link=by_link))
    return secret


async def end_session(db: AsyncSession, secret: str) -> None:
    """End it; a session that is unknown or ended already stays so."""
    if (known := await session_of(db, secret)) and known.ended_at is None:
        _end(db, known)


async def end_other_sessions(db: AsyncSession, person_id: UUID, secret: str | None) -> None:
    """End every session of the person but the one with this secret."""
    for known in await open_sessions(db, person_id):
        if known.secret_digest != digest(secret or ""):
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
