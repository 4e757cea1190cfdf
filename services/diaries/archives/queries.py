from datetime import datetime, timedelta
from uuid import UUID

import asyncpg
import sqlalchemy as sa
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.db import Db
from kit.problems import NotFound
from services.diaries.archives.models import Archive

SHOWN = 5
WORDS = "select text, html from entry where id = $1"
SECTIONS = {
    "entry": """select entry.id, cluster.name as cluster, entry.title, entry.language,
          entry.started_at, entry.changed_at, publication.reach, publication.published_at, removal.at as removed_at
        from entry left join cluster on cluster.id = entry.cluster_id
        left join publication on publication.entry_id = entry.id and publication.retracted_at is null
        left join entry_removal removal on removal.entry_id = entry.id
        where entry.author_id = $1 order by entry.id desc""",
    "comment": """select comment.id, comment.entry_id, comment.kind, comment.text, comment.language, comment.posted_at,
          (select entry.title from entry
            join publication on publication.entry_id = entry.id and publication.retracted_at is null
            where entry.id = comment.entry_id and (publication.reach = 'everyone'
              or entry.cluster_id in (select cluster_id from clusters_seen_by($1)))) as under
        from comment where comment.author_id = $1 order by comment.id desc""",
    "former_text": "select comment_id, text, language, at from former_text where by = $1 order by at desc",
    "picture": """select picture.id, picture.entry_id, picture.description, picture.added_at
        from picture join entry on entry.id = picture.entry_id
        where picture.added_by = $1 or entry.author_id = $1 order by picture.id desc""",
}


async def archives_of(db: AsyncSession, person_id: UUID) -> list[Archive]:
    mine = select(Archive).where(Archive.person_id == person_id)
    return list(await db.exec(mine.order_by(col(Archive.id).desc()).limit(SHOWN)))


async def archive_since(db: AsyncSession, person_id: UUID, within: timedelta) -> Archive | None:
    """The newest that was asked for lately."""
    lately = select(Archive).where(Archive.person_id == person_id, Archive.asked_at > real_now() - within)
    return (await db.exec(lately.order_by(col(Archive.id).desc()).limit(1))).first()


async def all_archives_of(db: AsyncSession, person_id: UUID) -> list[UUID]:
    return list(await db.exec(select(Archive.id).where(Archive.person_id == person_id)))


async def archives_before(db: AsyncSession, moment: datetime) -> list[UUID]:
    """Those that were made, or else asked for, before."""
    since = sa.func.coalesce(Archive.made_at, Archive.asked_at)
    return list(await db.exec(select(Archive.id).where(since < moment)))


async def archives_there(db: AsyncSession, asked: set[UUID]) -> set[UUID]:
    return set(await db.exec(select(Archive.id).where(col(Archive.id).in_(asked))))


async def archive_by_id(archive_id: UUID, db: Db) -> Archive:
    """Raises NotFound."""
    archive = await db.get(Archive, archive_id)
    if archive is None:
        raise NotFound
    return archive


async def words_of(pool: asyncpg.Pool, entry_id: UUID) -> dict[str, str] | None:
    """What an entry says, as it was typed and as it is shown."""
    row = await pool.fetchrow(WORDS, entry_id)
    return dict(row) if row else None
