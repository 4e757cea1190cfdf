"""The worker of events: places facts, follows clusters, tells people, sends webhooks."""

from kit.jobs import Jobs
from kit.worker import run_worker
from services.events.calendars.telling import jobs as telling_jobs
from services.events.settings import Settings
from services.roster.hearing import hear_from_clusters

jobs = Jobs()
jobs.include(telling_jobs)
FOLLOWS = {"clusters": hear_from_clusters}


async def run(settings: Settings | None = None) -> None:
    await run_worker(settings or Settings(), jobs, FOLLOWS)
