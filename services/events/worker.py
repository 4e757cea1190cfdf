"""The worker of events: places facts, follows clusters, tells people, sends webhooks."""

import socket
from functools import partial

from kit.jobs import Jobs
from kit.worker import run_worker
from services.events.activity.queries import COUNTING
from services.events.calendars.telling import jobs as telling_jobs
from services.events.events.jobs import jobs as event_jobs
from services.events.hearing import hear_from_clusters
from services.events.registration.jobs import jobs as registration_jobs
from services.events.settings import Settings
from services.roster.activity.counting import count_new
from services.roster.activity.jobs import jobs as activity_jobs

jobs = Jobs()
jobs.include(telling_jobs)
jobs.include(registration_jobs)
jobs.include(event_jobs)
jobs.include(activity_jobs)
FOLLOWS = {"clusters": hear_from_clusters}
KEEPS = {"counter": partial(count_new, COUNTING)}


async def run(settings: Settings | None = None, listener: socket.socket | None = None) -> None:
    await run_worker(settings or Settings(), jobs, FOLLOWS, KEEPS, listener)
