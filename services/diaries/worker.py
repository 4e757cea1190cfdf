"""The worker of diaries: places facts, follows clusters, tells people, sends webhooks."""

import socket
from functools import partial

from kit.jobs import Jobs
from kit.worker import run_worker
from services.diaries.activity.queries import COUNTING
from services.diaries.archives.jobs import jobs as archive_jobs
from services.diaries.comments.jobs import jobs as comment_jobs
from services.diaries.erasure.jobs import jobs as erasure_jobs
from services.diaries.hearing import hear_from_clusters
from services.diaries.pictures.jobs import jobs as picture_jobs
from services.diaries.settings import Settings
from services.roster.activity.counting import count_new
from services.roster.activity.jobs import jobs as activity_jobs

jobs = Jobs()
jobs.include(comment_jobs)
jobs.include(picture_jobs)
jobs.include(erasure_jobs)
jobs.include(archive_jobs)
jobs.include(activity_jobs)
FOLLOWS = {"clusters": hear_from_clusters}
KEEPS = {"counter": partial(count_new, COUNTING)}


async def run(settings: Settings | None = None, listener: socket.socket | None = None) -> None:
    await run_worker(settings or Settings(), jobs, FOLLOWS, KEEPS, listener)
