from kit.jobs import Context, Jobs, Kept
from services.clusters.post.bounces.actions import COMES_BACK_WITHIN, sweep_unreached
from services.clusters.post.unreached.actions import BOUNCES_KEPT, UNREACHED_KEPT

jobs = Jobs()


@jobs.hourly(
    Kept("why mails do not reach somebody, and since when", UNREACHED_KEPT, "the last that came back"),
    Kept("the same, once letters come back no more", COMES_BACK_WITHIN, "the first that did not"),
    Kept("that a letter came back, and what it meant; not whose it was", BOUNCES_KEPT, "its coming back"),
)
async def sweep(context: Context) -> None:
    async with context.database.writing() as connection:
        await sweep_unreached(connection)
