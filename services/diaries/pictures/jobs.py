from kit.jobs import Context, Jobs, Kept
from kit.media import Media
from services.diaries.pictures.actions import SETTLED, sweep_pictures

jobs = Jobs()


@jobs.hourly(Kept("pictures that no entry shows any more", SETTLED, "the last one"))
async def sweep(context: Context) -> None:
    await sweep_pictures(context.database.pool, Media(context.resources["settings"].media_url))
