"""Every route, asked by everybody, lets in whom the printed table says, and nobody else."""

import re
from functools import cache

import pytest

from kit.db import Database
from tests.policy.meaning import EVERYBODY, MEANING
from tests.policy.scene import failed_job, in_sight, set_scene, undone
from tests.rules.source import ROOT
from tests.services import operations

ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+) \|(?: [^|]*\|)?$")
REFUSED = {401, 403, 404}


@cache
def printed():
    """(service, action or request): what docs/policy.md says of it."""
    found, service = {}, ""
    for line in (ROOT / "docs" / "policy.md").read_text().splitlines():
        if line.startswith("## "):
            service = line.removeprefix("## ")
        elif row := ROW.match(line):
            found[service, row[1]] = row[2]
    return found


def let_in(service, method, path):
    """Whom the printed page lets in: every guard of the request, by any rule of its row, within sight."""
    guards = printed()[service, f"{method} {path}"]
    if guards.startswith("anyone"):
        return EVERYBODY
    allowed = in_sight(service, path)
    for action in guards.replace("`", "").split(", "):
        rules = printed()[service, action].split(", ")
        allowed = allowed & set().union(*(MEANING[service][rule] for rule in rules))
    return allowed


@pytest.fixture(scope="module")
def scene(house):
    return house.loop.run_until_complete(set_scene(house))


@pytest.mark.parametrize(("service", "method", "path"), operations())
async def test_a_route_lets_in_whom_the_table_says(house, scene, monkeypatch, service, method, path):
    expected = let_in(service, method, path)
    answers = {}
    for role in sorted(EVERYBODY):
        # What is done to a job goes past the transaction that is undone.
        scene.known[f"{service} job_id"] = await failed_job(house, service)
        with monkeypatch.context() as patched:
            patched.setattr(Database, "transaction", undone)
            answers[role] = await ask(scene, role, service, method, path)
    assert {role for role, status in answers.items() if status not in REFUSED} == expected, answers
    guards = printed()[service, f"{method} {path}"]
    if "guest" not in expected and "`entry.read`" not in guards:
        assert answers["guest"] == 401


async def ask(scene, role, service, method, path):
    """The status of a request that is permitted before its body is looked at."""
    known = scene.known | {n: scene.known[f"{service} {n}"] for n in ("endpoint_id", "delivery_id", "job_id")}
    body = scene.bodies.get((service, method, path), {}) if method in ("POST", "PUT") else None
    files = method in ("POST", "PUT") and path.endswith(("/pictures", "/imports", "/portrait", "/logo"))
    sent: dict = {"files": {"file": b"x"}} if files else {"json": body}
    answer = await scene.askers[role][service].request(method, path.format(**known), **sent)
    return answer.status_code


def test_every_printed_rule_means_somebody_here():
    for (service, action), said in printed().items():
        if "/" not in action:
            assert set(said.split(", ")) <= MEANING[service].keys(), (service, action)


def test_what_is_printed_is_what_the_code_says():
    from docs.printed import PAGES

    for name, text in PAGES.items():
        assert (ROOT / "docs" / name).read_text() == text(), "run `make docs`"
