from uuid import UUID

from kit.jobs import Context, Jobs, Kept
from kit.media import Media
from services.diaries.archives import actions
from services.diaries.archives.models import KEPT

jobs = Jobs()


@jobs.job("archive.make")
async def make_archive(context: Context, archive_id: str) -> None:
    clusters = context.resources["neighbours"].clusters
    await actions.make_archive(context.database, media_of(context), clusters, UUID(archive_id))


@jobs.job("archive.forget")
async def forget_archives(context: Context, person_id: str) -> None:
    async with context.database.transaction() as db:
        await actions.forget_archives_of(db, media_of(context), UUID(person_id))


@jobs.hourly(Kept("archives of what is kept about somebody", KEPT, "asking for it"))
async def sweep_archives(context: Context) -> None:
    async with context.database.transaction() as db:
        await actions.forget_old_archives(db, media_of(context))


def media_of(context: Context) -> Media:
    return Media(context.resources["settings"].media_url)
