"""The worker of diaries: places facts, follows clusters, tells people, sends webhooks."""

import socket

from kit.jobs import Jobs
from kit.worker import run_worker
from services.diaries.archives.jobs import jobs as archive_jobs
from services.diaries.comments.jobs import jobs as comment_jobs
from services.diaries.erasure.jobs import jobs as erasure_jobs
from services.diaries.hearing import hear_from_clusters
from services.diaries.pictures.jobs import jobs as picture_jobs
from services.diaries.settings import Settings

jobs = Jobs()
jobs.include(comment_jobs)
jobs.include(picture_jobs)
jobs.include(erasure_jobs)
jobs.include(archive_jobs)
FOLLOWS = {"clusters": hear_from_clusters}


async def run(settings: Settings | None = None, listener: socket.socket | None = None) -> None:
    await run_worker(settings or Settings(), jobs, FOLLOWS, listener)
