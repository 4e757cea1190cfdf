"""A deployment without its containers: the same commands, with the environment that the compose file gives them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest

from deploy.databases import own_urls
from deploy.local.postgres import Postgres
from deploy.processes import SERVERS, SERVICES, WORKERS
from tests.deploy.runner import HOUSE, ROOT, wait_for
from tests.deploy.test_compose import environment_of, example
from tests.ports import free_ports

pytestmark = pytest.mark.proof

PROCESSES = (*SERVERS, *WORKERS)
PASSWORDS = {service: example()[f"STAFFROOM_{service.upper()}_DATABASE_PASSWORD"] for service in SERVICES}


class Deployment:
    """PostgreSQL as the compose file's script sets it up, and a port for each process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.postgres = Postgres(folder / "postgres", durable=False)
        self.superuser = self.postgres.ensure()
        self.ports = dict(zip(PROCESSES, free_ports(len(PROCESSES)), strict=True))
        self.log = (folder / "log").open("ab")

    def make_databases(self) -> None:
        place = own_urls(self.superuser, PASSWORDS)["clusters"].rpartition("@")[2]
        host, _, port = place.partition("/")[0].partition(":")
        login = {"PGHOST": host, "PGPORT": port, "POSTGRES_USER": "postgres"}
        login["PGPASSWORD"] = (self.postgres.folder / "password").read_text()
        passwords = {f"STAFFROOM_{service.upper()}_DATABASE_PASSWORD": word for service, word in PASSWORDS.items()}
        script = str(ROOT / "deploy" / "compose" / "databases.sh")
        subprocess.run(["sh", script], env=os.environ | login | passwords, check=True, capture_output=True)

    def environment(self, process: str) -> dict[str, str]:
        """What the compose file gives the process, with the addresses of this machine."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("STAFFROOM_")}
        given = environment_of(process)
        server = self.superuser.rpartition("@")[2].partition("/")[0]
        moved = {f"//{name}:8000": f"//127.0.0.1:{port}" for name, port in self.ports.items()}
        for here, there in (moved | {"@postgres:5432/": f"@{server}/"}).items():
            given = {name: value.replace(here, there) for name, value in given.items()}
        given["STAFFROOM_MEDIA_URL"] = (self.folder / "media").as_uri()
        return inherited | given | {"STAFFROOM_PORT": str(self.ports.get(process, 0)), "FORWARDED_ALLOW_IPS": ""}

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """A command that ends by itself, in the container that migrates."""
        command = [sys.executable, "-m", "deploy.serve", *words]
        env = self.environment("migrate") | settings
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)

    @contextmanager
    def serving(self, *names: str) -> Iterator[dict[str, subprocess.Popen[bytes]]]:
        with ExitStack() as stack:
            yield {name: stack.enter_context(self._process(name)) for name in names}

    @contextmanager
    def _process(self, name: str) -> Iterator[subprocess.Popen[bytes]]:
        command = [sys.executable, "-m", "deploy.serve", name]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment(name), stdout=self.log, stderr=self.log)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(20) in (0, -signal.SIGTERM), name

    def answers(self, name: str, path: str = "/ready") -> int:
        """The status of an answer, 0 when there is none."""
        try:
            return httpx.get(f"http://127.0.0.1:{self.ports[name]}{path}", timeout=20).status_code
        except httpx.HTTPError:
            return 0

    def all_ready(self, *names: str) -> bool:
        return all(self.answers(name) == 200 for name in names)


@pytest.fixture(scope="module")
def deployment(tmp_path_factory):
    made = Deployment(tmp_path_factory.mktemp("deployment"))
    try:
        made.make_databases()
        yield made
    finally:
        made.postgres.stop()
        made.log.close()


def test_migrating_runs_as_often_as_containers_start(deployment):
    first, second, third = [deployment.run("migrate") for _ in range(3)]
    done, *link = first.stdout.splitlines()
    assert (first.returncode, done, len(link)) == (0, "migrated clusters, events, diaries", 2), first.stderr
    for again in (second, third):
        done, *link = again.stdout.splitlines()
        assert (again.returncode, done, len(link), again.stderr) == (0, "nothing to migrate", 2, "")


def test_a_secret_that_is_replaced_works_no_longer(deployment):
    assert deployment.run("migrate", STAFFROOM_WEB_SECRET="another0123456789abcdef").returncode == 0
    with deployment.serving("clusters"):
        wait_for(lambda: deployment.all_ready("clusters"), 60)
        secrets = (example()["STAFFROOM_WEB_SECRET"], "another0123456789abcdef")
        assert [token_status(deployment, secret) for secret in secrets] == [401, 200]
        assert deployment.run("migrate").returncode == 0
        assert [token_status(deployment, secret) for secret in secrets] == [200, 401]


def token_status(deployment, secret):
    form = {"grant_type": "client_credentials", "client_id": "web", "client_secret": secret}
    return httpx.post(f"http://127.0.0.1:{deployment.ports['clusters']}/v1/tokens", data=form).status_code


def test_two_services_with_one_secret_are_refused(deployment):
    same = {"STAFFROOM_EVENTS_SECRET": "same0123456789abcdef", "STAFFROOM_WEB_SECRET": "same0123456789abcdef"}
    refused = deployment.run("migrate", **same)
    assert refused.returncode == 2
    assert "STAFFROOM_EVENTS_SECRET" in refused.stderr
    assert "0123456789abcdef" not in refused.stderr


def test_several_containers_that_migrate_at_once_do_not_mind_each_other(deployment):
    command = [sys.executable, "-m", "deploy.serve", "migrate"]
    options = {"cwd": ROOT, "env": deployment.environment("migrate"), "stderr": subprocess.PIPE}
    started = [subprocess.Popen(command, **options) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in started] == [(b"", 0)] * 3


def test_a_house_is_set_up_from_a_file_and_a_coordinator_whom_no_mail_reaches_gets_a_new_link(deployment, tmp_path):
    file = tmp_path / "house.toml"
    file.write_text(HOUSE)
    with deployment.serving("clusters", "web"):
        wait_for(lambda: deployment.all_ready("clusters", "web"), 60)
        printed = [deployment.run(command).stdout.split()[-1] for command in ("migrate", "open-house")]
        assert all(link.startswith("https://staffroom.example.org/open-house?key=") for link in printed)
        assert [look_at(deployment, link) for link in printed] == [410, 200]
        early = deployment.run("coordinator", "--mail", "eva@ministry.example")
        assert (early.returncode, early.stdout) == (1, "")
        opened = deployment.run("open-house", "--file", str(file))
        assert opened.returncode == 0, opened.stderr
        assert [come_in(deployment, opened.stdout.split()[-1]) for _ in range(2)] == [303, 410]
        yes(deployment)
        links = [deployment.run("coordinator", "--mail", "eva@ministry.example").stdout.split()[-1] for _ in range(2)]
        assert [come_in(deployment, link) for link in (*links, links[1])] == [410, 303, 410]
    for again in ((), ("--file", str(file))):
        other = deployment.run("open-house", *again)
        assert (other.returncode, other.stdout, "already" in other.stderr) == (1, "", True)
    assert "open-house" not in deployment.run("migrate").stdout


@pytest.mark.parametrize(
    ("written", "said"),
    [(HOUSE.replace("eva@", "eva"), "coordinator.mail"), ("[programme", "not TOML"), (None, "cannot be read")],
)
def test_a_file_that_is_wrong_says_where(deployment, tmp_path, written, said):
    file = tmp_path / "house.toml"
    if written is not None:
        file.write_text(written)
    wrong = deployment.run("open-house", "--file", str(file))
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert said in wrong.stderr
    assert "Traceback" not in wrong.stderr


def look_at(deployment, link):
    web = f"http://127.0.0.1:{deployment.ports['web']}"
    headers = {"host": "staffroom.example.org"}
    return httpx.get(web + link.removeprefix("https://staffroom.example.org"), headers=headers).status_code


def yes(deployment):
    """Whoever is asked into an office says yes, and no mail waits for a server; both are tried elsewhere."""
    begun = "select gen_random_uuid(), person_id, office, now() from invitation where answer is null"
    psql(deployment, "clusters", f"insert into office (id, person_id, kind, began_at) {begun}")
    psql(deployment, "clusters", "delete from pgqueuer")


def come_in(deployment, link):
    """The status that the button on the page of a link is answered with."""
    query = dict(part.split("=", 1) for part in link.partition("?")[2].split("&"))
    web = f"http://127.0.0.1:{deployment.ports['web']}"
    headers = {"host": "staffroom.example.org"}
    return httpx.post(f"{web}/sign-in/link", data={"key": query["key"], "to": "/"}, headers=headers).status_code


def test_every_process_is_ready_measures_itself_and_ends_in_order(deployment):
    with deployment.serving(*PROCESSES):
        wait_for(lambda: deployment.all_ready(*PROCESSES), 90)
        for name in PROCESSES:
            assert deployment.answers(name, "/live") == 200
            measured = httpx.get(f"http://127.0.0.1:{deployment.ports[name]}/metrics").text
            assert "staffroom_info" in measured
            if name in WORKERS:
                assert "staffroom_jobs 0.0" in measured
                assert "staffroom_oldest_job_seconds 0.0" in measured
                assert "staffroom_dead_letters 0.0" in measured
        wait_for(lambda: "staffroom_newest_fact_seconds" in metrics_of(deployment, "worker-events"), 30)


def metrics_of(deployment, name):
    return httpx.get(f"http://127.0.0.1:{deployment.ports[name]}/metrics").text


def test_every_process_survives_its_database_and_its_neighbours_being_away(deployment):
    """They begin without PostgreSQL, lose it twice, and work on each time."""
    deployment.postgres.stop()
    names = ("web", "events", "diaries", *WORKERS)
    with deployment.serving(*names) as running:
        wait_for(lambda: all(deployment.answers(name, "/live") == 200 for name in names), 90)
        assert not any(deployment.answers(name) == 200 for name in names)
        assert [deployment.answers(name, "/metrics") for name in WORKERS] == [503] * len(WORKERS)
        for _ in range(2):
            deployment.postgres.ensure()
            with deployment.serving("clusters"):
                wait_for(lambda: deployment.all_ready("clusters", *names), 60)
                before = places(deployment)
                assert deployment.run("migrate").returncode == 0
                change_something(deployment)
                wait_for(lambda before=before: places(deployment) > before, 30)
            wait_for(lambda: deployment.answers("web") == 503, 30)
            deployment.postgres.stop(signal.SIGQUIT)
            time.sleep(1)
        assert all(process.poll() is None for process in running.values())
        deployment.postgres.ensure()


def change_something(deployment):
    """A fact of clusters that events has to hear of."""
    sql = "insert into fact (at, kind, request_id, data) values (now(), 'test.away', '', '{}')"
    psql(deployment, "clusters", sql)


def places(deployment):
    """How far events has heard clusters."""
    return int(psql(deployment, "events", "select coalesce(max(place), 0) from cursor where source = 'clusters'"))


def psql(deployment, service, sql):
    url = own_urls(deployment.superuser, PASSWORDS)[service]
    run = subprocess.run(["psql", url, "-XAtc", sql], capture_output=True, text=True, check=True)
    return run.stdout.strip().splitlines()[0] if run.stdout.strip() else ""
