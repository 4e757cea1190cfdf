from datetime import timedelta
from uuid import UUID

import asyncpg
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import real_now
from kit.ids import new_id
from kit.imaging import Prepared
from kit.media import Media
from kit.problems import Problem
from services.diaries.entries.actions import tell_readers
from services.diaries.entries.queries import EntryInSight, lock_entry
from services.diaries.facts import PictureAdded, PictureRemoved
from services.diaries.pictures.models import FOLDER, Picture, Size, key_of
from services.diaries.pictures.queries import pictures_in, still_there

MOST_PICTURES = 20
SETTLED = timedelta(hours=1)


class EntryFull(Problem):
    status, title = 409, "An entry holds at most twenty pictures"


async def add_picture(
    db: AsyncSession, media: Media, entry: EntryInSight, image: Prepared[Size], description: str, by: UUID
) -> Picture:
    """Raises EntryFull, Unavailable."""
    picture = Picture(
        id=new_id(),
        entry_id=entry.id,
        description=description,
        width=image.width,
        height=image.height,
        added_by=by,
    )
    # Before the row, so that none names bytes that are not there, and before the lock, as a store may take its time.
    for size, content in image.contents.items():
        await media.put(key_of(picture.id, size), content)
    locked = await lock_entry(db, entry.id)
    if await pictures_in(db, entry.id) >= MOST_PICTURES:
        raise EntryFull
    db.add(picture)
    await tell_readers(db, locked, PictureAdded(picture_id=picture.id, entry_id=locked.id), by)
    return picture


async def remove_picture(db: AsyncSession, entry: EntryInSight, picture_id: UUID, by: UUID) -> None:
    """Nobody finds it from now on; its bytes are swept away within two hours."""
    locked = await lock_entry(db, entry.id)
    if picture := await db.get(Picture, picture_id):
        await db.delete(picture)
        await tell_readers(db, locked, PictureRemoved(picture_id=picture_id, entry_id=locked.id), by)


async def sweep_pictures(pool: asyncpg.Pool, media: Media) -> int:
    """Delete what the media store keeps of pictures that are in no entry; how many keys."""
    swept = 0
    async for keys in media.keys_before(real_now() - SETTLED, FOLDER):
        pictures = {key: UUID(key.split("/")[-2]) for key in keys}
        there = await still_there(pool, set(pictures.values()))
        if gone := [key for key, picture_id in pictures.items() if picture_id not in there]:
            await media.delete(gone)
            swept += len(gone)
    return swept
