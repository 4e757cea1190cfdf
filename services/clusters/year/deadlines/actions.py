import secrets
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.locking import lock
from services.clusters.directory.people.models import Person
from services.clusters.year.deadlines.models import CalendarFeed


async def make_feed(db: AsyncSession, person_id: UUID) -> CalendarFeed:
    """A new address; the one before, if there was one, ends."""
    # Locked, so that of two who make one at once the second finds the first.
    await lock(db, Person, person_id, key_share=True)
    feed = await db.get(CalendarFeed, person_id, populate_existing=True)
    if feed is None:
        feed = CalendarFeed(person_id=person_id, key="")
        db.add(feed)
    feed.key, feed.made_at = secrets.token_urlsafe(32), now()
    await db.flush()
    return feed


async def end_feed(db: AsyncSession, person_id: UUID) -> None:
    """Nobody reads it any more; said again, it changes nothing."""
    await lock(db, Person, person_id, key_share=True)
    if feed := await db.get(CalendarFeed, person_id):
        await db.delete(feed)
