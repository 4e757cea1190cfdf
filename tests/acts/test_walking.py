"""A list of acts is walked to its end, narrowed down, and asked in one statement that reads by index."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from kit.pages import cursor
from services.clusters.acts import ACTS
from services.roster.acts import queries
from services.roster.acts.queries import Whose
from services.roster.acts.routes import FIRST
from tests.acts.asking import aims, kinds
from tests.events.making import announce
from tests.kit.test_lists import walked
from tests.people import an_official, refusal, told, wrong_fields

MANY = 5_000
BEGUN = datetime(2026, 9, 1, 8, tzinfo=UTC)
FILL = """
insert into fact (at, kind, cluster_id, actor_id, request_id, data)
select $1::timestamptz + n / 3 * interval '1 minute', (array['tool.changed', 'cluster.aims_changed'])[1 + n % 2],
  $2, $3, '', $4::jsonb
from generate_series(1, $5) n
"""


@pytest.fixture
async def full(house, cluster):
    """A cluster in which much was done, three acts in each minute; others did more."""
    data = json.dumps({"tool_id": str(uuid4()), "kind": "lms", "name": "Moodle"})
    await house.rows("clusters", FILL, BEGUN, UUID(cluster.id), cluster.anna.id, data, MANY)
    return cluster


async def test_five_thousand_acts_are_walked_to_their_end(house, full):
    path = f"/v1/clusters/{full.id}/acts"
    found = await walked(full.anna.clusters, path, limit=100, until="2026-09-30")
    mine = [act for act in found if act["kind"] in ("tool.changed", "cluster.aims_changed")]
    assert len(mine) == len({act["cursor"] for act in mine}) == MANY
    moments = [datetime.fromisoformat(act["at"]) for act in found]
    assert moments == sorted(moments, reverse=True)
    beside = told(await full.anna.clusters.get(path, params={"after": mine[99]["cursor"], "limit": 1}))
    assert beside["items"] == mine[100:101], "a list goes on after any of its items"


async def test_acts_are_narrowed_down_by_what_they_are_about_and_when(house, full):
    await aims(full.anna, full.id)
    await announce(full.anna, full, 5)
    path = f"/clusters/{full.id}/acts"
    assert await kinds(full.ben, path, about="meetings") == ["event.announced"]
    assert set(await kinds(full.ben, path, about="people")) == {"staff.began", "invitation.sent"}
    day = (BEGUN + timedelta(days=1)).date().isoformat()
    found = await walked(full.anna.clusters, f"/v1{path}", limit=100, since=day, until=day)
    # Anna's day begins two hours before that of UTC.
    assert {datetime.fromisoformat(act["at"]).astimezone(UTC).date() for act in found} <= {
        BEGUN.date(), (BEGUN + timedelta(days=1)).date(),
    }  # fmt: skip
    assert found
    assert not await kinds(full.ben, path, until="2020-01-01")


async def test_what_cannot_be_asked_is_refused(cluster):
    path = f"/v1/clusters/{cluster.id}/acts"
    assert wrong_fields(await cluster.anna.clusters.get(path, params={"since": "yesterday"})) == {
        "/since": "date_from_datetime_parsing"
    }
    assert refusal(await cluster.anna.clusters.get(path, params={"since": "1000-01-01"}))[0] == 422
    assert refusal(await cluster.anna.clusters.get(path, params={"about": "weather"}))[0] == 422
    assert wrong_fields(await cluster.anna.clusters.get(path, params={"after": "x"})) == {"/after": "cursor_invalid"}


@pytest.mark.parametrize("at", ["2026-09-01T08:00:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
async def test_a_place_to_go_on_from_that_is_made_up_is_refused(cluster, at):
    path = f"/v1/clusters/{cluster.id}/acts"
    for until in ({}, {"until": "2026-09-30"}):
        asked = {"after": cursor(at, 1)} | until
        assert wrong_fields(await cluster.anna.clusters.get(path, params=asked)) == {"/after": "cursor_invalid"}


async def test_a_page_is_one_statement_however_many_acts_it_shows(house, full, monkeypatch):
    asked = []
    fetch = queries.acts_in

    async def counted(pool, statement, *values):
        asked.append(statement)
        return await fetch(pool, statement, *values)

    monkeypatch.setattr(queries, "acts_in", counted)
    for limit in (1, 100):
        told(await full.anna.clusters.get(f"/v1/clusters/{full.id}/acts", params={"limit": limit}))
    assert len(asked) == 2


BRANCHES = {
    "cluster": queries.OF_CLUSTER[Whose.everybodys],
    "school": queries.OF_SCHOOL,
    "country": queries.OF_A_COUNTRY,
    "programme": queries.of_programme(ACTS),
}


@pytest.mark.parametrize("of", BRANCHES)
async def test_it_reads_facts_by_index_alone(house, full, of):
    what = {"cluster": UUID(full.id), "school": UUID(full.mentor), "country": "CZ", "programme": None}[of]
    await house.rows("clusters", "analyze fact")
    values = [FIRST.at, FIRST.seq, datetime(1990, 1, 1, tzinfo=UTC), ACTS.kinds(None), 51, what]
    explained = "explain (analyze, format json) " + queries.statement(ACTS, BRANCHES[of])
    ((plan,),) = await house.rows("clusters", explained, *values)
    (root,) = json.loads(plan) if isinstance(plan, str) else plan
    found = list(nodes(root["Plan"]))
    assert not [node for node in found if node["Node Type"] == "Seq Scan" and node["Relation Name"] == "fact"]
    read = [node for node in found if node.get("Relation Name") == "fact"]
    assert max(node["Actual Rows"] for node in read) <= 51


def nodes(plan):
    yield plan
    for inner in plan.get("Plans", ()):
        yield from nodes(inner)


async def test_a_country_is_asked_by_its_code(house):
    nora = await an_official(house, "national_coordinator", "CZ")
    assert refusal(await nora.clusters.get("/v1/countries/cz/acts"))[0] == 422
    assert refusal(await nora.clusters.get("/v1/countries/JO/acts")) == (403, "forbidden")
