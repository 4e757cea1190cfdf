"""Every route, asked by everybody, lets in whom the printed table says, and nobody else."""

import re
from functools import cache

import pytest

from kit.db import Database
from kit.policy import in_words
from services.roster.approaches.marks import by_approach
from tests.house import MODULES
from tests.policy.meaning import EVERYBODY, IN_BOTTOM_UP, MEANING, meant
from tests.policy.scene import failed_job, in_sight, set_scene, undone
from tests.rules.source import ROOT
from tests.services import operations
from web.words import TABLES

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


def rules_of(service, method, path):
    """The rules of each guard of this request, as they are printed; none where anyone is let in."""
    guards = printed()[service, f"{method} {path}"]
    if guards.startswith("anyone"):
        return []
    return [printed()[service, action].split(", ") for action in guards.replace("`", "").split(", ")]


def let_in(approach, service, method, path):
    """Whom the printed page lets in: every guard of the request, by any rule of its row, within sight."""
    if not (guards := rules_of(service, method, path)):
        return EVERYBODY
    allowed = in_sight(service, path)
    for rules in guards:
        allowed = allowed & set().union(*(meant(service, rule, approach) for rule in rules))
    return allowed


def asked_under(approach):
    """All requests; of those whose guards are the same under both approaches, one is enough."""
    every = [(approach, *operation) for operation in operations()]
    matters = IN_BOTTOM_UP.keys()
    return [one for one in every if approach == "top_down" or any(matters & set(rules) for rules in rules_of(*one[1:]))]


@pytest.fixture(scope="module")
def scenes(house):
    """The scene under an approach, set once."""
    return cache(lambda approach: house.loop.run_until_complete(set_scene(house, approach)))


@pytest.fixture
def scene(scenes, approach):
    return scenes(approach)


@pytest.mark.parametrize(("approach", "service", "method", "path"), asked_under("top_down") + asked_under("bottom_up"))
async def test_a_route_lets_in_whom_the_table_says(house, scene, monkeypatch, approach, service, method, path):
    expected = let_in(approach, service, method, path)
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


def test_where_the_approach_matters_is_printed_side_by_side():
    """And the pages say each of these actions, and who decides, in words."""
    text = (ROOT / "docs" / "policy.md").read_text()
    for service, (policy, *_) in MODULES.items():
        for action, who in by_approach(policy.RULES).items():
            assert who["top_down"] != who["bottom_up"], (service, action)
            assert f"| **{action}** | {', '.join(map(in_words, who['top_down']))} |" in text
            assert action in TABLES["deciding"], (service, action)
            unsaid = {*who["top_down"], *who["bottom_up"]} - TABLES["decides"].keys()
            assert unsaid <= {"house_setting_up"}, (service, action)
