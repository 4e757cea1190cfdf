"""No line of a log has a value that people gave, whatever breaks."""

import asyncio
import io
import json
import logging
from pathlib import Path

import asyncpg
import pytest
import structlog
from sqlalchemy.exc import IntegrityError
from sqlmodel import text

from deploy.local.postgres import Postgres
from kit import logs
from kit.failures import is_away

MAIL = "klara.vesela@school.test"
TWICE = f"insert into address (mail, person_id) select '{MAIL}', id from person limit 1"


@pytest.fixture
def said(monkeypatch):
    """What is said on standard error meanwhile."""
    heard = io.StringIO()
    monkeypatch.setattr("sys.stderr", heard)
    root = logging.getLogger()
    before = root.handlers[:]
    root.handlers.clear()
    logs.set_up("debug", "tests")
    structlog.configure(cache_logger_on_first_use=False)
    yield heard
    root.handlers[:] = before
    monkeypatch.undo()
    logs.set_up("warning", "tests")


async def a_refusal_of_the_database(house):
    """An address that stands twice: PostgreSQL quotes it."""
    async with house.database("clusters").transaction() as db:
        await db.exec(text(TWICE))
        await db.exec(text(TWICE))


async def test_a_refusal_of_the_database_is_logged_without_what_it_quotes(house, cluster, said):
    with pytest.raises(IntegrityError) as raised:
        await a_refusal_of_the_database(house)
    assert MAIL in str(raised.value)
    structlog.get_logger("staffroom").error("request failed", exc_info=raised.value)
    line = json.loads(said.getvalue())
    assert MAIL not in said.getvalue()
    assert "UniqueViolationError [23505]" in line["exception"]
    assert f"{Path(__file__).name}" in line["exception"]


async def test_libraries_log_without_values_too(house, cluster, said):
    async def fails():
        await a_refusal_of_the_database(house)

    task = asyncio.create_task(fails())
    await asyncio.wait([task])
    asyncio.get_running_loop().call_exception_handler(
        {"message": "Task exception was never retrieved", "exception": task.exception(), "future": task}
    )
    logging.getLogger("pgqueuer").error("failed for %s", MAIL, exc_info=task.exception())
    logging.getLogger("uvicorn.error").error("Exception in ASGI application\n", exc_info=task.exception())
    lines = said.getvalue()
    assert MAIL not in lines
    assert "Task exception was never retrieved" in lines
    assert "failed for %s" in lines
    assert lines.count("UniqueViolationError [23505]") >= 3


async def test_the_own_postgresql_logs_no_values_either(tmp_path):
    server = Postgres(tmp_path / "postgres", durable=False)
    try:
        connection = await asyncpg.connect(server.ensure())
        await connection.execute("create table address (mail text primary key, number int)")
        await connection.execute("insert into address values ($1)", MAIL)
        for wrong in (f"insert into address values ('{MAIL}')", f"select '{MAIL}'::int", f"selekt '{MAIL}'"):
            with pytest.raises(asyncpg.PostgresError):
                await connection.execute(wrong)
        await connection.close()
    finally:
        server.stop()
    assert MAIL not in server.log.read_text()


@pytest.mark.parametrize(
    ("state", "passes"),
    [
        ("53100", True),  # disk_full
        ("53200", True),  # out_of_memory
        ("53300", True),  # too_many_connections
        ("57P01", True),  # admin_shutdown
        ("57014", True),  # query_canceled
        ("58030", True),  # io_error
        ("40P01", True),  # deadlock_detected
        ("25006", True),  # read_only_sql_transaction
        ("55P03", True),  # lock_not_available
        ("08006", True),  # connection_failure
        ("23505", False),  # unique_violation
        ("42P01", False),  # undefined_table
    ],
)
def test_what_passes_is_told_apart_from_what_is_wrong(state, passes):
    error = asyncpg.PostgresError.new({"C": state, "M": "said", "S": "ERROR"})
    assert is_away(error) is passes


@pytest.mark.parametrize("way", ["select", "orm"])
async def test_a_full_disk_is_503_with_words_and_nothing_of_it_is_logged(house, cluster, monkeypatch, said, way):
    full = asyncpg.DiskFullError.new({"C": "53100", "M": f"could not extend file while writing {MAIL}", "S": "ERROR"})

    async def fails(*_, **__):
        raise full

    if way == "select":
        monkeypatch.setattr(asyncpg.Pool, "fetch", fails)
        answer = await cluster.cara.events.get("/v1/events")
    else:
        monkeypatch.setattr("services.clusters.directory.people.actions.lock", fails)
        answer = await cluster.cara.clusters.put("/v1/me", json={"name": "C", "language": "cs", "zone": "UTC"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["type"] == "/problems/unavailable"
    assert MAIL not in said.getvalue()
