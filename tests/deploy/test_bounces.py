"""What a mail server pipes to `take-bounce`, and what that says back to it."""

import os
import subprocess
import sys

from tests.clusters.post import came_back
from tests.clusters.post.test_unreached import letter_to, reason
from tests.rules.source import ROOT

NOWHERE = "postgresql://somebody:secret@127.0.0.1:1/nothing"


def piped(database_url, mail, *words):
    env = os.environ | {"STAFFROOM_CLUSTERS_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "deploy.serve", "take-bounce", *words]
    return subprocess.run(command, cwd=ROOT, env=env, input=mail, capture_output=True, timeout=120)


async def test_a_mail_server_pipes_in_what_came_back(house, cluster):
    returned_to = await letter_to(house, cluster.cara)
    mail = came_back.report("bounces@house.test")
    passed_over = piped(house.urls["clusters"], mail)
    assert (passed_over.returncode, passed_over.stdout.startswith(b"passed over")) == (0, True)
    taken = piped(house.urls["clusters"], mail + b"x" * 1_000_000, returned_to)
    assert (taken.returncode, taken.stdout.strip()) == (0, b"taken: no_such_address")
    assert await reason(cluster.cara) == "no_such_address"


async def test_a_mail_that_cannot_be_read_is_passed_over_and_not_kept_for_ever(house, cluster):
    returned_to = await letter_to(house, cluster.cara)
    mail = came_back.plain(came_back.EXIM, returned_to).replace(b"charset=us-ascii", b"charset*=''x") + b"\xc5"
    passed_over = piped(house.urls["clusters"], mail, returned_to)
    assert (passed_over.returncode, passed_over.stdout.startswith(b"passed over")) == (0, True)


def test_while_the_database_is_away_the_mail_server_keeps_the_mail():
    kept = piped(NOWHERE, came_back.report("bounces@house.test"), "x" * 32)
    assert kept.returncode == 75
    assert b"Traceback" not in kept.stderr
    assert b"secret" not in kept.stderr
