"""Until every service has told all that it counted, nobody is taken for quiet."""

from datetime import timedelta

import pytest

from services.roster.activity.counting import OWN
from services.roster.activity.jobs import tell_what_is_left
from tests.clusters.overviews.looking import a_sum, all_told, formed, overview, overview_of, row_of, support, tell
from tests.clusters.year.planning import a_plan
from tests.people import told, wrong_fields

KNOWN = "select source from activity_source order by source"


@pytest.fixture(autouse=True)
async def unheard(house, today):
    """Nobody has told anything; for the tests after, everybody has."""
    await house.rows("clusters", "delete from activity_source")
    yield
    await all_told(house)


@pytest.fixture
async def quiet(house, nora, home, today):
    told(await support(nora, home.country))
    await formed(house, home, today - timedelta(days=120))
    await a_plan(home.anna, home)
    return home


async def says(nora, quiet):
    """Whether it is complete, and where somebody is called quiet."""
    found = await overview(nora)
    row, (_, schools) = await row_of(nora, quiet), await overview_of(quiet.anna, quiet)
    told_of = {
        "nudges": [one["why"] for one in found["nudges"]] == ["quiet"],
        "country": found["countries"][0]["quiet"] == 1,
        "row": bool(row["quiet_since"]),
        "schools named": len(row["quiet_schools"]) == 2,
        "list": bool(told(await nora.clusters.get("/v1/overview/clusters", params={"only": "quiet"}))["items"]),
        "schools": all(school["quiet_since"] for school in schools.values()),
    }
    return found["is_complete"], {place for place, is_so in told_of.items() if is_so}


async def test_nobody_is_quiet_until_both_services_have_told_all(house, nora, quiet, today):
    assert await says(nora, quiet) == (False, set())
    for source in ("diaries", "events"):
        assert await says(nora, quiet) == (False, set())
        asker = await house.as_service(source)
        told(await tell(asker, a_sum(quiet, "came", 0, today.replace(day=1)), source=source), 204)
        assert await says(nora, quiet) == (False, set())
        told(await tell(asker, source=source, complete=True), 204)
    everywhere = {"nudges", "country", "row", "schools named", "list", "schools"}
    assert await says(nora, quiet) == (True, everywhere)


async def test_where_nothing_happens_it_is_said_within_the_hour(house):
    for service in ("events", "diaries"):
        await tell_what_is_left(house.context(service))
        await house.run_jobs(service)
    assert [row["source"] for row in await house.rows("clusters", KNOWN)] == ["diaries", "events"]


@pytest.mark.parametrize("service", ["events", "diaries"])
async def test_who_is_behind_does_not_say_that_all_is_told(house, monkeypatch, service):
    from services.roster.activity import queries

    await house.catch_up()
    await house.rows("clusters", "delete from activity_source")
    monkeypatch.setattr(queries, "NEARLY", 1)
    place = "update cursor set place = place - $1 where source = $2"
    await house.rows(service, place, 2, OWN)
    await tell_what_is_left(house.context(service))
    await house.run_jobs(service)
    assert await house.rows("clusters", KNOWN) == []
    await house.rows(service, place, -2, OWN)
    await tell_what_is_left(house.context(service))
    await house.run_jobs(service)
    assert [row["source"] for row in await house.rows("clusters", KNOWN)] == [service]


async def test_a_service_says_who_it_is(house):
    events = await house.as_service("events")
    for wrong in ("clusters", "web", ""):
        assert wrong_fields(await tell(events, source=wrong)).keys() == {"/source"}
    answer = await events.clusters.post("/v1/activity", json={"sums": []})
    assert wrong_fields(answer).keys() == {"/source"}
