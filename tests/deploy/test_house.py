"""The whole house from one command: it starts, heals, ends, and finds its data again."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import asyncpg
import httpx
import pytest

from deploy.databases import head, own_urls
from deploy.local.home import read_secrets
from deploy.local.postgres import Postgres
from tests.deploy.runner import HOUSE, ROOT, Runner, wait_for

pytestmark = pytest.mark.proof


def status_of(port: int, path: str = "/ready") -> int:
    """What is answered there, 0 for nothing."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
    except (urllib.error.URLError, OSError):
        return 0


def answers(port: int, path: str = "/ready") -> bool:
    return status_of(port, path) == 200


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
        assert all(answers(runner.port + place) for place in range(7))

        postgres = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        killed = {*children} - {postgres}
        for child in killed:
            os.kill(child, signal.SIGKILL)
        wait_for(lambda: not any(lives(child) for child in killed))
        assert all(status_of(runner.port + place) for place in range(7)), "nobody is turned away"
        wait_for(lambda: all(answers(runner.port + place) for place in range(7)))
        os.kill(postgres, signal.SIGKILL)
        wait_for(lambda: all(answers(runner.port + place) for place in range(7)))

        everyone = runner.children()
        code, said = runner.interrupt()
        assert code == 0, said
        assert "did not end by itself" not in said
        assert "web was ended by SIGKILL; starting it again" in said
        assert "PostgreSQL ended; starting it again" in said
        assert said.splitlines()[-1] == "Staffroom has stopped."
        assert not any(lives(each) for each in everyone)


def test_a_second_start_migrates_nothing_and_keeps_the_secrets(home):
    secrets = json.loads((home / "secrets.json").read_text())
    with Runner(home, "--no-demo") as runner:
        runner.wait_until_ready()
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


def open_house(home, port, *words):
    """What the command says that lets the first person in."""
    command = [sys.executable, "-m", "deploy.local.opening", "open-house", *words]
    settings = {"STAFFROOM_HOME": str(home), "STAFFROOM_PORT": str(port)}
    return subprocess.run(command, cwd=ROOT, env=os.environ | settings, capture_output=True, text=True)


def stand_at(home, revision):
    """Another revision than the program's is how a house stands whose program is newer than its databases."""

    async def write(url):
        connection = await asyncpg.connect(url)
        await connection.execute("update alembic_version set version_num = $1", revision)
        await connection.close()

    postgres = Postgres(home / "postgres")
    urls = own_urls(postgres.ensure(), read_secrets(home)["databases"])
    asyncio.run(write(urls["clusters"]))
    postgres.stop()


def test_the_first_person_is_let_in_while_the_house_runs_and_while_it_does_not(home, tmp_path):
    with Runner(home, "--no-demo") as runner:
        url = runner.wait_until_ready()
        (printed,) = [line for line in runner.lines if "/open-house?key=" in line]
        assert httpx.get(printed.strip()).status_code == 200
        said = open_house(home, runner.port)
        assert said.returncode == 0, said.stderr
        assert said.stdout.splitlines()[-1].startswith(f"{url}/open-house?key=")
        assert httpx.get(printed.strip()).status_code == 410
        assert runner.interrupt()[0] == 0
    file = tmp_path / "house.toml"
    file.write_text(HOUSE)
    opened = open_house(home, runner.port, "--file", str(file))
    assert opened.returncode == 0, opened.stderr
    assert opened.stdout.splitlines()[-1].startswith(f"{url}/sign-in/link?key=")
    stand_at(home, "older")
    early = open_house(home, runner.port)
    stand_at(home, head("clusters"))
    assert (early.returncode, early.stdout, "migrate first" in early.stderr) == (1, "", True)
    nowhere = open_house(tmp_path / "nothing", runner.port)
    assert (nowhere.returncode, "make run" in nowhere.stderr) == (1, True)


def test_preparing_stops_by_itself(home):
    with Runner(home, "--prepare") as runner:
        code, said = runner.finish()
    assert (code, "Traceback" in said) == (0, False)
