from kit.jobs import Context, Jobs
from kit.media import Media
from services.diaries.pictures.actions import sweep_pictures

jobs = Jobs()


@jobs.hourly
async def sweep(context: Context) -> None:
    await sweep_pictures(context.database.pool, Media(context.resources["settings"].media_url))
