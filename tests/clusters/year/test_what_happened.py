"""What a cluster did of an activity of its plan follows from what happened, not from a tick."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kit.clock import now
from services.events.events.formats import SECTIONS, Format
from services.roster.sections import Section
from tests.clusters.overviews.looking import a_sum, all_told, tell
from tests.clusters.year.planning import ACTIVITY, GOAL, MILESTONE, a_plan, show
from tests.diaries.writing import publish, start
from tests.events.making import announce
from tests.people import told

HERE = now().date().replace(day=1)
BEFORE = (HERE - timedelta(days=1)).replace(day=1)
AFTER = (HERE + timedelta(days=32)).replace(day=1)
LONG = ACTIVITY | {"begins": str(BEFORE), "ends": str(AFTER)}


@pytest.fixture(autouse=True)
async def told_all(house):
    """As if all that ever happened were counted."""
    await all_told(house)


async def parts(asker, plan):
    """(meetings before this month, from it on, entries) of each part, by its title."""
    asked = ("meetings", "meetings_ahead", "entries")
    return {part["title"]: tuple(part[each] for each in asked) for part in told(await show(asker, plan))["parts"]}


async def happened(house, cluster, kind, month, count=1):
    told(await tell(await house.as_service("events"), a_sum(cluster, kind, count, month)), 204)


async def test_meetings_of_its_section_in_its_months_count_and_nothing_else(house, cluster):
    plan = await a_plan(
        cluster.anna, cluster, LONG, LONG | {"title": "This month", "begins": str(HERE), "ends": str(HERE)}
    )
    assert await parts(cluster.anna, plan) == {LONG["title"]: (0, 0, 0), "This month": (0, 0, 0)}
    for month, count in ((BEFORE, 2), (HERE, 3), (AFTER, 4)):
        await happened(house, cluster, "meetings_networking", month, count)
    await happened(house, cluster, "meetings_networking", (BEFORE - timedelta(days=1)).replace(day=1))
    await happened(house, cluster, "meetings_networking", (AFTER + timedelta(days=32)).replace(day=1))
    for other in ("meetings", "meetings_monitoring", "entries", "planning"):
        await happened(house, cluster, other, HERE, 50)
    assert await parts(cluster.anna, plan) == {LONG["title"]: (2, 7, 0), "This month": (0, 3, 0)}


async def test_entries_count_for_outcomes(house, cluster):
    plan = await a_plan(cluster.anna, cluster, LONG | {"section": "outcomes"})
    await happened(house, cluster, "entries", BEFORE, 2)
    await happened(house, cluster, "entries", HERE, 1)
    await happened(house, cluster, "meetings_outcomes", HERE, 1)
    assert await parts(cluster.anna, plan) == {LONG["title"]: (0, 1, 3)}


async def test_of_what_is_no_activity_nothing_is_said(house, cluster):
    plan = await a_plan(cluster.anna, cluster, GOAL, MILESTONE)
    await happened(house, cluster, "meetings_networking", HERE)
    assert set((await parts(cluster.anna, plan)).values()) == {(None, None, None)}


async def test_a_meeting_counts_in_the_sections_of_its_format_until_it_is_cancelled(house, cluster):
    several = [LONG | {"section": section, "title": section} for section in Section]
    plan = await a_plan(cluster.anna, cluster, *several)
    event = await announce(cluster.anna, cluster, format="school_visit")
    begins = event["starts_at"][:7]
    assert begins in (f"{HERE:%Y-%m}", f"{AFTER:%Y-%m}")

    async def counted():
        await house.catch_up()
        return {title for title, (_, ahead, _) in (await parts(cluster.anna, plan)).items() if ahead}

    assert await counted() == {"community_of_practice", "preparation", "monitoring"}
    words, any_version = {"title": event["title"], "format": "course"}, {"if-match": "*"}
    path = f"/v1/events/{event['id']}"
    told(await cluster.anna.events.put(f"{path}/description", json=words, headers=any_version))
    assert await counted() == {"professional_development"}
    told(await cluster.anna.events.post(f"{path}/cancellation", json={}), 201)
    assert await counted() == set()


async def test_an_entry_counts_once_it_is_published(house, cluster):
    plan = await a_plan(cluster.anna, cluster, LONG | {"section": "outcomes"})
    entry = await start(cluster.cara, cluster)
    await house.catch_up()
    assert await parts(cluster.anna, plan) == {LONG["title"]: (0, 0, 0)}
    told(await publish(cluster.cara, entry))
    await house.catch_up()
    assert await parts(cluster.anna, plan) == {LONG["title"]: (0, 0, 1)}


async def test_a_part_alone_says_the_same_as_its_plan(house, cluster):
    plan = await a_plan(cluster.anna, cluster, LONG)
    await happened(house, cluster, "meetings_networking", BEFORE, 2)
    (part,) = told(await show(cluster.anna, plan))["parts"]
    assert part["meetings"] == 2
    assert told(await cluster.anna.clusters.get(f"/v1/plan-parts/{part['id']}")) == part


async def test_until_all_is_counted_nothing_is_said(house, cluster):
    plan = await a_plan(cluster.anna, cluster, LONG)
    await happened(house, cluster, "meetings_networking", HERE)
    await house.rows("clusters", "delete from activity_source")
    assert await parts(cluster.anna, plan) == {LONG["title"]: (None, None, None)}
    await all_told(house)
    assert await parts(cluster.anna, plan) == {LONG["title"]: (0, 1, 0)}


async def test_the_month_is_that_of_the_clocks_in_the_cluster(house, cluster, monkeypatch):
    plan = await a_plan(cluster.anna, cluster, LONG)
    await happened(house, cluster, "meetings_networking", HERE)
    before_midnight = datetime(AFTER.year, AFTER.month, 1, tzinfo=ZoneInfo("Europe/Prague")) - timedelta(minutes=1)
    for at, counted in ((before_midnight, (0, 1, 0)), (before_midnight + timedelta(minutes=2), (1, 0, 0))):
        monkeypatch.setattr("services.clusters.year.plans.queries.now", lambda at=at: at)
        assert await parts(cluster.anna, plan) == {LONG["title"]: counted}


@pytest.mark.parametrize("kind", Format)
async def test_every_format_is_told_in_a_section_and_in_none_twice(house, kind):
    known = {each["format"]: each["sections"] for each in told(await house.guest.events.get("/v1/formats"))}
    assert known[kind] == list(SECTIONS[kind])
    assert len(set(known[kind])) == len(known[kind]) > 0
