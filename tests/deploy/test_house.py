"""The whole house from one command: it starts, heals, ends, and finds its data again."""

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.deploy.runner import Runner, wait_for


def answers(port: int, path: str = "/ready") -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def lives(pid: int) -> bool:
    shown = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True)
    return bool(shown.stdout) and not shown.stdout.startswith("Z")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("house")


def test_it_starts_heals_and_ends(home):
    with Runner(home, "--no-demo") as runner:
        assert runner.wait_until_ready() == f"http://localhost:{runner.port}"
        children = runner.children()
        assert all(answers(runner.port + place) for place in range(4))

        postgres = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        for child in {*children} - {postgres}:
            os.kill(child, signal.SIGKILL)
        assert all(answers(runner.port + place) for place in range(4))
        os.kill(postgres, signal.SIGKILL)
        wait_for(lambda: all(answers(runner.port + place) for place in range(4)))

        everyone = runner.children()
        started = time.monotonic()
        code, said = runner.interrupt()
        assert code == 0, said
        assert time.monotonic() - started < 8
        assert "web was ended by SIGKILL; starting it again" in said
        assert "PostgreSQL ended; starting it again" in said
        assert said.splitlines()[-1] == "Staffroom has stopped."
        assert not any(lives(each) for each in everyone)


def test_a_second_start_is_quick_and_migrates_nothing(home):
    secrets = json.loads((home / "secrets.json").read_text())
    with Runner(home, "--no-demo") as runner:
        started = time.monotonic()
        runner.wait_until_ready()
        assert time.monotonic() - started < 8
        assert not any("migrated" in line for line in runner.lines)
    assert json.loads((home / "secrets.json").read_text()) == secrets


def test_a_killed_parent_leaves_no_processes_and_the_next_start_works(home):
    with Runner(home, "--no-demo") as runner:
        runner.wait_until_ready()
        postgres = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        children = {*runner.children()} - {postgres}
        runner.process.kill()
        runner.finish()
        wait_for(lambda: not any(lives(child) for child in children))
    with Runner(home, "--no-demo") as runner:
        runner.wait_until_ready()
        assert runner.interrupt()[0] == 0
    assert not lives(postgres)


def test_preparing_stops_by_itself(home):
    with Runner(home, "--prepare") as runner:
        code, said = runner.finish()
    assert (code, "Traceback" in said) == (0, False)
