from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.characters import is_visible
from kit.client import Client, Refused
from kit.clock import now
from kit.db import plain
from kit.facts import record
from kit.policy import hold
from kit.problems import NotFound, Problem, field_invalid
from kit.telling import Fact
from services.diaries.entries.models import Entry, Publication, Reach
from services.diaries.entries.queries import EntryInSight, live_publication, lock_entry
from services.diaries.entries.schemas import EntryIn, WordsIn
from services.diaries.facts import EntryChanged, EntryPublished, EntryRetracted, EntryStarted
from services.diaries.policy import RULES
from services.roster.sight import held_cluster


class NotPublished(Problem):
    status, title = 409, "This entry is not published"


class NothingToRead(Problem):
    status, title = 409, "There is nothing to read yet: write a sentence, then publish"


async def event_summary(events: Client, event_id: UUID, cluster_id: UUID) -> dict[str, Any]:
    """What the event says about itself, asked as the person who writes. Raises Invalid when it is not theirs to see."""
    try:
        summary: dict[str, Any] = await events.ask("GET", f"/v1/events/{event_id}/summary")
    except Refused as refused:
        if refused.status in (403, 404):
            raise field_invalid("event_id", "unknown") from refused
        raise
    if summary["cluster_id"] != str(cluster_id):
        raise field_invalid("event_id", "unknown")
    return summary


async def start_entry(
    db: AsyncSession,
    new: EntryIn,
    html: str,
    origin: dict[str, Any] | None,
    author_id: UUID,
    school_id: UUID | None,
) -> Entry:
    """A draft that only its author sees. Raises ClusterClosed."""
    hold(RULES, "diary.write", await held_cluster(await plain(db), new.cluster_id))
    entry = Entry(
        **new.model_dump(exclude={"event_id"}),
        html=html,
        author_id=author_id,
        school_id=school_id,
        origin=origin,
        origin_event_id=new.event_id,
    )
    db.add(entry)
    record(db, EntryStarted(entry_id=entry.id), actor_id=author_id)
    return entry


async def change_words(db: AsyncSession, entry: Entry, words: WordsIn, html: str, by: UUID) -> Entry:
    """Say it in other words; it is locked. Raises ClusterClosed."""
    hold(RULES, "entry.edit", await held_cluster(await plain(db), entry.cluster_id))
    entry.title, entry.text, entry.language = words.title, words.text, words.language
    entry.html, entry.changed_at = html, now()
    entry.version += 1
    await tell_readers(db, entry, EntryChanged(entry_id=entry.id), by)
    return entry


async def publish_entry(db: AsyncSession, entry_id: UUID, reach: Reach, by: UUID) -> Publication:
    """Let the cluster, or everyone, read it; another reach leaves it where it stands, published when it was.

    Raises NothingToRead, ClusterClosed; NotFound for others than the author of a draft.
    """
    entry = await lock_entry(db, entry_id)
    hold(RULES, "entry.publish", await held_cluster(await plain(db), entry.cluster_id))
    live = await live_publication(db, entry.id)
    if live is None and by != entry.author_id:
        raise NotFound
    if not is_visible(entry.text):
        raise NothingToRead
    if live and live.reach is reach:
        return live
    publication = live or Publication(entry_id=entry.id, cluster_id=entry.cluster_id, reach=reach, published_by=by)
    publication.reach = reach
    db.add(publication)
    published = EntryPublished(entry_id=entry.id, title=entry.title, reach=reach)
    record(db, published, cluster_id=entry.cluster_id, actor_id=by)
    return publication


async def retract_entry(db: AsyncSession, entry_id: UUID, by: UUID) -> None:
    """Nobody but the author reads it from now on. Raises NotPublished."""
    entry = await lock_entry(db, entry_id)
    live = await live_publication(db, entry.id)
    if live is None:
        raise NotPublished
    live.retracted_at, live.retracted_by = now(), by
    record(db, EntryRetracted(entry_id=entry.id), cluster_id=entry.cluster_id, actor_id=by)


async def tell_readers(db: AsyncSession, entry: Entry | EntryInSight, fact: Fact, by: UUID) -> None:
    """A fact of the cluster while the cluster reads the entry; of a draft, only the house hears."""
    is_read = await live_publication(db, entry.id) is not None
    record(db, fact, cluster_id=entry.cluster_id if is_read else None, actor_id=by)
