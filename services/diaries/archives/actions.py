"""What is kept about somebody, over all services, packed for them: asked as they ask, made by a job."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.client import Client
from kit.clock import real_now
from kit.db import Database
from kit.jobs import enqueue
from kit.locking import lock_if_there, lock_number
from kit.media import Media
from kit.notices import post_notices
from kit.problems import NotFound
from kit.records import record_of
from services.diaries.archives.models import FOLDER, KEPT, Archive, key_of
from services.diaries.archives.packing import contents, packed
from services.diaries.archives.queries import (
    SECTIONS,
    all_archives_of,
    archive_since,
    archives_before,
    archives_there,
    words_of,
)
from services.diaries.archives.schemas import ArchiveOut
from services.diaries.pictures.models import Size
from services.diaries.pictures.models import key_of as key_of_picture

AGAIN_AFTER = timedelta(hours=1)
ASKING_LOCK = 7_006
PACKING = asyncio.Semaphore(1)  # a part and the texts of an entry are in memory meanwhile


async def ask_for_archive(database: Database, person_id: UUID, language: str, near: dict[str, Client]) -> ArchiveOut:
    """The archive that will be made; one that was asked for within the hour stands. Raises Refused.

    `near` are the other services, asked as the person: what they may not see there does not get in.
    """
    async with database.transaction() as db:
        if lately := await archive_since(db, person_id, AGAIN_AFTER):
            return ArchiveOut.model_validate(lately)
    record = {name: await service.ask("GET", "/v1/me/record") for name, service in near.items()}
    async with database.transaction() as db:
        # Two clicks ask for one archive.
        await lock_number(db, ASKING_LOCK)
        if lately := await archive_since(db, person_id, AGAIN_AFTER):
            return ArchiveOut.model_validate(lately)
        archive = Archive(person_id=person_id, language=language, record=record)
        db.add(archive)
        await enqueue(db, "archive.make", archive_id=archive.id)
        return ArchiveOut.model_validate(archive)


async def make_archive(database: Database, media: Media, clusters: Client, archive_id: UUID) -> None:
    """Pack it and say that it is there; once, however often the job runs. Raises Refused, Unavailable."""
    async with database.transaction() as db:
        archive = await db.get(Archive, archive_id)
    if archive is None:  # its person left: what a try before put into the store goes, too
        await forget_parts(media, archive_id)
        return
    if archive.made_at is None:
        async with PACKING:
            parts, size = await _pack(database, media, archive)
        async with database.transaction() as db:
            made = await lock_if_there(db, Archive, archive_id)
            if made is None:  # its person left meanwhile
                await forget_parts(media, archive_id)
                return
            made.made_at, made.parts, made.bytes, made.record = real_now(), parts, size, {}
    await post_notices(clusters, [_notice(archive)])


def _notice(archive: Archive) -> dict[str, Any]:
    return {
        "person_id": str(archive.person_id),
        "once": f"archive-{archive.id}",
        "kind": "archive_made",
        "params": {"days": KEPT.days},
        "path": "/profile/archive",
    }


async def _pack(database: Database, media: Media, archive: Archive) -> tuple[int, int]:
    """(parts, bytes) that lie in the media store now."""
    record = archive.record | {"diaries": await record_of(database.pool, SECTIONS, archive.person_id)}
    (person,) = record["clusters"]["person"]

    async def texts(entry_id: str) -> dict[str, str] | None:
        return await words_of(database.pool, UUID(entry_id))

    async def picture(picture_id: str) -> bytes | None:
        try:
            return await media.get(key_of_picture(UUID(picture_id), Size.large))
        except NotFound:
            return None

    parts = size = 0
    async for part in packed(contents(record, archive.language, person["zone"], texts, picture)):
        parts, size = parts + 1, size + len(part)
        await media.put(key_of(archive.id, parts), part)
    return parts, size


async def forget_archives(db: AsyncSession, media: Media, archives: list[UUID]) -> None:
    """First what lies in the store: a row that is gone names it no more."""
    for archive_id in archives:
        await forget_parts(media, archive_id)
        if archive := await db.get(Archive, archive_id):
            await db.delete(archive)


async def forget_parts(media: Media, archive_id: UUID) -> None:
    async for keys in media.keys_before(None, f"{FOLDER}/{archive_id}"):
        if keys:
            await media.delete(keys)


async def forget_old_archives(db: AsyncSession, media: Media) -> None:
    """Those whose time is over, and parts of none that is there."""
    await forget_archives(db, media, await archives_before(db, real_now() - KEPT))
    async for keys in media.keys_before(real_now() - AGAIN_AFTER, FOLDER):
        archives = {UUID(key.split("/")[-2]) for key in keys}
        for archive_id in archives - await archives_there(db, archives):
            await forget_parts(media, archive_id)


async def forget_archives_of(db: AsyncSession, media: Media, person_id: UUID) -> None:
    await forget_archives(db, media, await all_archives_of(db, person_id))
