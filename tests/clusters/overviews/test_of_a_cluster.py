"""How a cluster does: for everybody in it, school by school, with what is late or soon due."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.clusters.doors.test_closing import close
from tests.clusters.overviews.looking import LAST, YEAR, a_sum, formed, happened, overview_of, tell
from tests.clusters.year.planning import MILESTONE, a_plan, a_todo, tick
from tests.people import a_cluster, a_school, an_official, refusal, told, wrong_fields

ENDED = "update membership set ended_at = $3 where cluster_id = $1 and school_id = $2"


@pytest.fixture(autouse=True)
async def march(today):
    return today


@pytest.fixture
async def events(house):
    return await house.as_service("events")


async def admit(house, cluster, role="mentee"):
    demo, school = await house.as_service("demo"), await a_school(house, cluster.country)
    said = {"school_id": school, "role": role}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=said), 201)
    return school


def at(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


async def test_everybody_in_it_and_its_offices_see_it_and_nobody_else(house, nora, petra, home):
    shown = told(await home.cara.clusters.get(f"/v1/clusters/{home.id}/overview"))
    assert (shown["cluster_id"], shown["year"], shown["country"]) == (home.id, YEAR, home.country)
    for asker in (*home.everybody.values(), nora, petra):
        seen, _ = await overview_of(asker, home)
        assert (seen["totals"], seen["name"]) == (shown["totals"], shown["name"])
    stranger = await a_cluster(house)
    abroad = await an_official(house, "national_coordinator", "JO")
    for asker in (stranger.anna, abroad):
        answer = await asker.clusters.get(f"/v1/clusters/{home.id}/overview")
        assert refusal(answer) == (404, "not-found")
    assert refusal(await house.guest.clusters.get(f"/v1/clusters/{home.id}/overview")) == (401, "unauthenticated")


async def test_what_each_school_gives_and_gets(house, home, events, today):
    september, march, ahead = date(YEAR, 9, 1), today.replace(day=1), date(YEAR + 1, 5, 1)
    several = [
        a_sum(home, "reached", 5, september, home.mentee),
        a_sum(home, "came", 4, september, home.mentee),
        a_sum(home, "came", 3, march, home.mentee),
        a_sum(home, "came", 9, ahead, home.mentee),
        a_sum(home, "entries", 1, march, home.mentor),
        a_sum(home, "came", 2, march),
        a_sum(home, "meetings", 2, march),
        a_sum(home, "planning", 7, march),
        a_sum(home, "came", 50, date(YEAR, 8, 1), home.mentee),
    ]
    told(await tell(events, *several), 204)
    found, schools = await overview_of(home.cara, home, kind="came")
    assert schools[home.mentee]["counts"] == {"reached": 5, "came": 7}
    assert schools[home.mentee]["months"] == {f"{YEAR}-09": 4, f"{march:%Y-%m}": 3}
    assert (schools[home.mentor]["counts"], schools[home.mentor]["months"]) == ({"entries": 1}, {})
    assert found["totals"] == {"reached": 5, "came": 9, "entries": 1, "meetings": 2, "planning": 7}
    assert found["others"] == {"came": 2}
    assert found["months"] == {f"{YEAR}-09": 4, f"{march:%Y-%m}": 5}
    assert [school["role"] for school in found["schools"]] == ["mentor", "mentee"]
    before, _ = await overview_of(home.cara, home, kind="came", year=LAST)
    assert (before["year"], before["totals"]) == (LAST, {"came": 50})


async def test_a_month_can_be_looked_at_alone(house, home, events):
    await formed(house, home, date(LAST, 9, 1))
    several = [
        a_sum(home, kind, count, date(LAST, month, 1), home.mentee)
        for kind, count, month in (("came", 4, 10), ("came", 2, 11), ("entries", 1, 10))
    ]
    told(await tell(events, *several), 204)
    found, schools = await overview_of(home.cara, home, month=f"{LAST}-10")
    assert found["totals"] == schools[home.mentee]["counts"] == {"came": 4, "entries": 1}
    for month in ("2026", "2026-13", "2026-1", "10-2026"):
        answer = await home.cara.clusters.get(f"/v1/clusters/{home.id}/overview", params={"month": month})
        assert len(wrong_fields(answer)) == 1


async def test_a_school_that_left_in_the_year_stays_in_it(house, home, events, today):
    """And one that came afterwards is not in the year before."""
    await formed(house, home, date(LAST, 10, 5))
    left, earlier = [await admit(house, home) for _ in range(2)]
    await house.rows(
        "clusters", "update membership set begun_at = $2 where cluster_id = $1", home.id, at(date(LAST, 10, 5))
    )
    late = await admit(house, home, "lab")
    for school, day in ((left, today - timedelta(days=9)), (earlier, date(YEAR, 8, 20))):
        await house.rows("clusters", ENDED, home.id, school, at(day))
    told(await tell(events, a_sum(home, "came", 3, date(YEAR, 10, 1), left)), 204)
    _, now = await overview_of(home.anna, home)
    assert {school: (row["role"], row["has_left"]) for school, row in now.items()} == {
        home.mentor: ("mentor", False),
        home.mentee: ("mentee", False),
        left: ("mentee", True),
        late: ("lab", False),
    }
    assert (now[left]["counts"], now[left]["quiet_since"]) == ({"came": 3}, None)
    _, before = await overview_of(home.anna, home, year=LAST)
    assert before.keys() == {home.mentor, home.mentee, left, earlier}
    _, long_ago = await overview_of(home.anna, home, year=LAST - 1)
    assert long_ago == {}


async def test_a_school_that_came_back_is_there_once(house, home, today):
    await formed(house, home, today - timedelta(days=120))
    left = await admit(house, home)
    await house.rows("clusters", ENDED, home.id, left, at(today - timedelta(days=50)))
    demo = await house.as_service("demo")
    said = {"school_id": left, "role": "lab"}
    told(await demo.clusters.post(f"/v1/clusters/{home.id}/memberships", json=said), 201)
    found, schools = await overview_of(home.anna, home)
    assert len(found["schools"]) == 3
    assert (schools[left]["role"], schools[left]["has_left"]) == ("lab", False)


async def test_sums_of_schools_that_are_not_in_it_are_of_others(house, home, events):
    abroad = await a_school(house)
    told(await tell(events, a_sum(home, "hosted", 2, date(YEAR, 10, 1), abroad)), 204)
    found, schools = await overview_of(home.anna, home)
    assert (found["totals"], found["others"], abroad in schools) == ({"hosted": 2}, {"hosted": 2}, False)


async def test_what_is_late_or_soon_due_is_said_until_it_is_done(house, nora, home, today):
    ends = {"Late": -3, "Today": 0, "Soon": 14, "Far": 15}
    parts = [MILESTONE | {"title": t, "ends": str(today + timedelta(days=days))} for t, days in ends.items()]
    plan = await a_plan(home.anna, home, *parts)
    await formed(house, home, date(LAST, 10, 5))
    dues = []
    for day in (date(YEAR, 8, 31), today - timedelta(days=1)):
        dues.append(await a_todo(nora, home))
        await house.rows("clusters", "update todo set due = $2 where id = $1", dues[-1]["id"], day)
    todo = dues[-1]
    found, _ = await overview_of(home.cara, home)
    assert [(one["title"], one["late"]) for one in found["due"]] == [
        ("Late", True), (todo["title"], True), ("Today", False), ("Soon", False),
    ]  # fmt: skip
    assert {one["path"] for one in found["due"]} == {f"/plans/{plan['id']}", f"/clusters/{home.id}/todos"}
    for part in plan["parts"]:
        told(await tick(home.anna, part), 204)
    told(await home.anna.clusters.put(f"/v1/todos/{todo['id']}/clusters/{home.id}/tick"), 204)
    found, _ = await overview_of(home.cara, home)
    assert found["due"] == []
    assert (await overview_of(home.cara, home, year=LAST))[0]["due"] == []


async def test_a_closed_cluster_is_looked_at_without_nudges(house, nora, home, today):
    await formed(house, home, today - timedelta(days=120))
    _, schools = await overview_of(home.anna, home)
    assert all(school["quiet_since"] for school in schools.values())
    told(await close(nora, home))
    found, schools = await overview_of(home.anna, home)
    assert [school["quiet_since"] for school in schools.values()] == [None, None]
    assert found["due"] == []


@pytest.mark.parametrize(("days", "is_quiet"), [(21, False), (22, True)])
async def test_a_school_is_quiet_after_three_weeks(house, home, today, days, is_quiet):
    await formed(house, home, today - timedelta(days=120))
    await happened(house, home, today - timedelta(days=days), home.mentee)
    _, schools = await overview_of(home.anna, home)
    assert bool(schools[home.mentee]["quiet_since"]) == is_quiet


async def test_who_coordinates_sees_which_schools_are_quiet_and_teachers_do_not(house, nora, home, today):
    await formed(house, home, today - timedelta(days=120))
    since = today - timedelta(days=25)
    await happened(house, home, since, home.mentee)
    await happened(house, home, today - timedelta(days=2), home.mentor)
    for asker in (home.anna, home.ben, nora):
        _, schools = await overview_of(asker, home)
        assert schools[home.mentee]["quiet_since"] == str(since)
        assert schools[home.mentor]["quiet_since"] is None
        _, schools = await overview_of(asker, home, year=LAST)
        assert {school["quiet_since"] for school in schools.values()} <= {None}
    for asker in (home.cara, home.marie, home.hana):
        _, schools = await overview_of(asker, home)
        assert {school["quiet_since"] for school in schools.values()} == {None}
