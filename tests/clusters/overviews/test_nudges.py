"""What a look might help with: each reason appears and goes again, and is told to one person alone."""

from datetime import date, timedelta

import pytest

from services.clusters.overviews.nudging import queries
from services.clusters.overviews.showing import routes
from tests.clusters.clusters.test_membership import admit
from tests.clusters.doors.test_closing import close, reopen
from tests.clusters.overviews.looking import YEAR, a_sum, formed, happened, overview, support, tell
from tests.clusters.year.planning import MILESTONE, a_plan, tick
from tests.people import a_cluster, a_school, told


@pytest.fixture(autouse=True)
async def guided(nora, country, today):
    """A country that is accompanied closely, in March."""
    told(await support(nora, country))
    return today


@pytest.fixture
async def events(house):
    return await house.as_service("events")


@pytest.fixture
async def fine(house, home, today):
    """A cluster about which nobody is nudged."""
    await formed(house, home, today - timedelta(days=120))
    await a_plan(home.anna, home)
    for school in (home.mentor, home.mentee):
        await happened(house, home, today - timedelta(days=2), school)
    return home


async def whys(asker, **asked):
    return [(one["why"], one["school_id"]) for one in (await overview(asker, **asked))["nudges"]]


async def test_of_a_cluster_that_does_well_nothing_is_said(nora, fine):
    assert await whys(nora) == []


async def test_a_cluster_is_quiet_until_something_happens(house, nora, home, today, events):
    await a_plan(home.anna, home)
    for days, is_quiet in ((21, False), (22, True)):
        await formed(house, home, today - timedelta(days=days))
        assert await whys(nora) == ([("quiet", None)] if is_quiet else [])
    since = today - timedelta(days=60)
    await formed(house, home, today - timedelta(days=120))
    await happened(house, home, since)
    (nudge,) = (await overview(nora))["nudges"]
    assert nudge == {
        "why": "quiet", "cluster_id": home.id, "cluster": nudge["cluster"], "school_id": None, "school": "",
        "since": str(since), "count": 0, "entries": 0,
    }  # fmt: skip
    told(await tell(events, a_sum(home, "planning", 1, today.replace(day=1), last_on=today - timedelta(days=21))), 204)
    assert ("quiet", None) not in await whys(nora)


async def test_while_it_is_quiet_its_schools_are_not_named_too(house, nora, home, today):
    await a_plan(home.anna, home)
    await formed(house, home, today - timedelta(days=120))
    assert await whys(nora) == [("quiet", None)]


async def test_a_cluster_has_no_plan_until_one_is_begun(house, nora, home, today):
    for school in (home.mentor, home.mentee):
        await happened(house, home, today, school)
    for days, is_missed in ((30, False), (31, True)):
        await formed(house, home, today - timedelta(days=days))
        assert await whys(nora) == ([("no_plan", None)] if is_missed else [])
    told(await home.anna.clusters.put(f"/v1/clusters/{home.id}/plans/{YEAR + 1}", json={"begins_from": "nothing"}))
    assert await whys(nora) == [("no_plan", None)]
    await a_plan(home.anna, home)
    assert await whys(nora) == []


async def test_no_plan_is_missed_before_october_or_after_may(house, nora, home, monkeypatch):
    await formed(house, home, date(YEAR, 5, 1))
    for month, is_missed in ((8, False), (9, False), (10, True), (1, True), (5, True), (6, False)):
        moment = routes.now().replace(year=YEAR if month >= 8 else YEAR + 1, month=month, day=16)
        monkeypatch.setattr(routes, "now", lambda moment=moment: moment)
        assert ("no_plan" in [why for why, _ in await whys(nora)]) == is_missed, month


async def test_milestones_are_late_until_they_are_done(house, nora, fine, today):
    late = [MILESTONE | {"title": f"Step {days}", "ends": str(today - timedelta(days=days))} for days in (1, 9)]
    ahead = MILESTONE | {"title": "Ahead", "ends": str(today)}
    plan = await a_plan(fine.anna, fine)
    for part in (*late, ahead):
        told(await fine.anna.clusters.post(f"/v1/plans/{plan['id']}/parts", json=part), 201)
    (nudge,) = (await overview(nora))["nudges"]
    assert (nudge["why"], nudge["count"], nudge["since"]) == ("late", 2, str(today - timedelta(days=9)))
    first, second, _ = sorted(
        told(await fine.anna.clusters.get(f"/v1/plans/{plan['id']}"))["parts"], key=lambda part: part["ends"]
    )
    told(await tick(fine.anna, first), 204)
    (nudge,) = (await overview(nora))["nudges"]
    assert (nudge["count"], nudge["since"]) == (1, str(today - timedelta(days=1)))
    told(await fine.anna.clusters.delete(f"/v1/plan-parts/{second['id']}"), 204)
    assert await whys(nora) == []


async def test_a_school_is_quiet_until_somebody_of_it_takes_part(house, nora, fine, today):
    demo = await house.as_service("demo")
    school = await a_school(house, fine.country)
    told(await admit(demo, fine, school), 201)
    begun = "update membership set begun_at = $2::date where school_id = $1"
    await house.rows("clusters", begun, school, today - timedelta(days=21))
    assert await whys(nora) == []
    await house.rows("clusters", begun, school, today - timedelta(days=22))
    (nudge,) = (await overview(nora))["nudges"]
    assert (nudge["why"], nudge["school_id"], nudge["cluster_id"]) == ("quiet_school", school, fine.id)
    await happened(house, fine, today - timedelta(days=22), school, kind="entries")
    assert await whys(nora) == [("quiet_school", school)]
    await happened(house, fine, today - timedelta(days=21), school, kind="comments")
    assert await whys(nora) == []
    await happened(house, fine, today - timedelta(days=30), school)
    assert await whys(nora) == []


async def test_a_school_that_left_is_quiet_and_nobody_minds(house, nora, fine):
    demo = await house.as_service("demo")
    school = await a_school(house, fine.country)
    joined = told(await admit(demo, fine, school), 201)["id"]
    await house.rows("clusters", "update membership set begun_at = '2020-01-01' where id = $1", joined)
    assert await whys(nora) == [("quiet_school", school)]
    told(await demo.clusters.delete(f"/v1/memberships/{joined}"))
    assert await whys(nora) == []


async def test_a_cluster_meets_and_hardly_writes_until_this_month(nora, fine, events, today):
    others = [
        a_sum(fine, "meetings", 50, month) for month in (date(YEAR, 8, 1), today.replace(day=1), date(YEAR + 1, 4, 1))
    ]
    told(await tell(events, *others), 204)
    for meetings, entries, is_few in (
        (4, 0, False), (5, 1, True), (5, 2, False), (6, 1, True), (6, 2, False), (9, 2, True), (9, 3, False),
    ):  # fmt: skip
        several = [
            a_sum(fine, "meetings", meetings, date(YEAR, 10, 1)),
            a_sum(fine, "entries", entries, date(YEAR, 11, 1), fine.mentee),
        ]
        told(await tell(events, *several), 204)
        found = [(one["why"], one["count"], one["entries"]) for one in (await overview(nora))["nudges"]]
        assert found == ([("few_entries", meetings, entries)] if is_few else [])


async def test_of_each_reason_three_are_told_and_the_longest_first(house, nora, country, today):
    quiet = []
    for days in (40, 80, 60, 50):
        cluster = await a_cluster(house, country=country)
        await formed(house, cluster, today - timedelta(days=days))
        await a_plan(cluster.anna, cluster)
        quiet.append((days, cluster.id))
    nudges = (await overview(nora))["nudges"]
    assert [(one["why"], one["cluster_id"]) for one in nudges] == [
        ("quiet", cluster_id) for _, cluster_id in sorted(quiet, reverse=True)[:3]
    ]
    assert len(nudges) == queries.OF_EACH


async def test_only_the_national_coordinator_is_nudged_and_only_of_this_year(house, nora, petra, home, today):
    await formed(house, home, today - timedelta(days=120))
    assert [why for why, _ in await whys(nora, country=home.country)] == ["quiet", "no_plan"]
    assert await whys(petra, country=home.country) == []
    for year in (YEAR - 1, YEAR + 1):
        assert await whys(nora, year=year) == []


async def test_a_closed_cluster_is_quiet_for_good(house, nora, home, today):
    await formed(house, home, today - timedelta(days=120))
    told(await close(nora, home))
    assert await whys(nora) == []
    told(await reopen(nora, home))
    assert await whys(nora) == [("quiet", None), ("no_plan", None)]
