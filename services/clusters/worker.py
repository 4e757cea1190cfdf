"""The worker of clusters: places facts, sends mails and webhooks."""

import socket

from kit.jobs import Jobs
from kit.worker import run_worker
from services.clusters.activity.actions import count_own
from services.clusters.activity.jobs import jobs as activity_jobs
from services.clusters.clusters.help.jobs import jobs as help_jobs
from services.clusters.deciding.counting.jobs import jobs as proposal_jobs
from services.clusters.directory.schools.jobs import jobs as school_jobs
from services.clusters.doors.addresses.jobs import jobs as address_jobs
from services.clusters.doors.codes.jobs import jobs as code_jobs
from services.clusters.doors.erasure.jobs import jobs as erasure_jobs
from services.clusters.doors.imports.jobs import jobs as import_jobs
from services.clusters.doors.introductions.jobs import jobs as introduction_jobs
from services.clusters.doors.invitations.jobs import jobs as invitation_jobs
from services.clusters.doors.signing_in.jobs import jobs as signing_in_jobs
from services.clusters.overviews.nudging.jobs import jobs as nudging_jobs
from services.clusters.post.bounces.jobs import jobs as bounce_jobs
from services.clusters.post.digests.jobs import jobs as digest_jobs
from services.clusters.post.notices.post import jobs as post_jobs
from services.clusters.settings import Settings
from services.clusters.year.todos.jobs import jobs as todo_jobs

jobs = Jobs()
jobs.include(school_jobs)
jobs.include(import_jobs)
jobs.include(post_jobs)
jobs.include(digest_jobs)
jobs.include(bounce_jobs)
jobs.include(invitation_jobs)
jobs.include(signing_in_jobs)
jobs.include(address_jobs)
jobs.include(code_jobs)
jobs.include(introduction_jobs)
jobs.include(erasure_jobs)
jobs.include(help_jobs)
jobs.include(todo_jobs)
jobs.include(proposal_jobs)
jobs.include(activity_jobs)
jobs.include(nudging_jobs)
KEEPS = {"counter": count_own}


async def run(settings: Settings | None = None, listener: socket.socket | None = None) -> None:
    await run_worker(settings or Settings(), jobs, keeps=KEEPS, listener=listener)
