"""The embedded PostgreSQL: what was written stays, whatever happened to the server."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import asyncpg
import pytest

from deploy import databases
from deploy.local import account
from deploy.local.postgres import Postgres
from deploy.processes import SERVICES
from deploy.refusal import Refusal
from tests.deploy.runner import ROOT, wait_for


@pytest.fixture
def server(tmp_path):
    server = Postgres(tmp_path / "postgres", durable=False)
    yield server
    server.stop()


async def ask(address: str, question: str):
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_a_server_starts_once_and_keeps_its_address(server):
    address = server.ensure()
    assert server.ensure() == address
    assert await ask(address, "SHOW jit") == "off"
    server.stop()
    assert server.pid() is None
    assert server.ensure() == address


async def test_nobody_gets_in_without_the_password(server):
    address = server.ensure()
    password = (server.folder / "password").read_text()
    assert (server.folder / "password").stat().st_mode & 0o777 == 0o600
    assert server.data.stat().st_mode & 0o777 == 0o700
    with pytest.raises(asyncpg.InvalidPasswordError):
        await ask(address.replace(password, "guess"), "SELECT 1")


async def test_rows_outlive_a_killed_server(tmp_path):
    server = Postgres(tmp_path / "postgres")
    address = server.ensure()
    await ask(address, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
    os.kill(server.pid(), signal.SIGKILL)
    address = server.ensure()
    assert await ask(address, "SELECT count(*) FROM kept") == 1000
    server.stop()


def test_a_pid_that_another_program_got_does_not_keep_the_server_from_starting(server):
    server.ensure()
    pid_file = server.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    os.kill(server.pid(), signal.SIGKILL)
    wait_for(lambda: server.pid() is None)
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        server.ensure()
        assert server.pid() not in (None, stranger.pid)
    finally:
        stranger.kill()
        stranger.wait()


def test_many_who_start_it_at_once_find_one_server(server):
    program = f"""
from pathlib import Path
from deploy.local.postgres import Postgres
print(Postgres(Path({str(server.folder)!r}), durable=False).ensure())
"""
    starts = [
        subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert len({start.communicate()[0] for start in starts}) == 1
    assert server.pid() is not None


async def test_a_service_cannot_enter_the_database_of_another(server):
    superuser = server.ensure()
    passwords = {service: f"password of {service}" for service in SERVICES}
    await databases.create(superuser, passwords)
    await databases.create(superuser, passwords)
    urls = databases.own_urls(superuser, {service: f"password%20of%20{service}" for service in SERVICES})
    assert await ask(urls["events"], "SELECT current_user") == "staffroom_events"
    for other in ("staffroom_diaries", "postgres"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await ask(f"{urls['events'].rpartition('/')[0]}/{other}", "SELECT 1")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_where_root_has_no_namespaces_nobody_runs_the_server(monkeypatch):
    monkeypatch.setattr(account, "can_unshare", lambda: False)
    home = Path(tempfile.mkdtemp(dir="/var/tmp"))
    server = Postgres(home / "postgres", durable=False)
    try:
        server.ensure()
        assert server.data.stat().st_uid == server.data.joinpath("base").stat().st_uid != 0
        server.stop()
        monkeypatch.undo()
        server.ensure()
    finally:
        server.stop()
        shutil.rmtree(home)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_root_is_told_when_no_other_account_can_reach_the_folder(monkeypatch, tmp_path):
    monkeypatch.setattr(account, "can_unshare", lambda: False)
    tmp_path.chmod(0o700)
    with pytest.raises(Refusal, match="start Staffroom as an ordinary user"):
        Postgres(tmp_path / "closed" / "postgres", durable=False).ensure()


def test_a_full_disk_is_named(tmp_path):
    server = Postgres(tmp_path / "postgres", durable=False)
    server.folder.mkdir(parents=True)
    server.log.write_text('FATAL:  could not write to file "pg_wal": No space left on device\n')
    with contextlib.suppress(Refusal):
        raise server._refusal()
    assert "full: free some space" in str(server._refusal())
