"""When something last happened in a cluster and in each school of it; what is planned soon is a sign of life, too."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.clusters.activity import actions
from services.clusters.activity.actions import look_ahead
from services.clusters.worker import jobs
from tests.clusters.overviews.looking import NO_SCHOOL, YEAR, a_sum, tell
from tests.people import told

LATEST = "select school_id, last_on from latest_activity where cluster_id = $1 and last_on is not null"


@pytest.fixture(autouse=True)
async def march(today):
    return today


@pytest.fixture
async def events(house):
    return await house.as_service("events")


async def latest(house, cluster):
    whose = {str(NO_SCHOOL): "", cluster.mentor: "mentor", cluster.mentee: "mentee"}
    rows = await house.rows("clusters", LATEST, cluster.id)
    return {whose[str(row["school_id"])]: row["last_on"] for row in rows}


def on(cluster, kind, day, school_id=NO_SCHOOL, count=1):
    return a_sum(cluster, kind, count, day.replace(day=1), school_id, day)


async def test_the_last_of_any_kind_and_of_any_school_is_that_of_the_cluster(house, cluster, events, today):
    days = [today - timedelta(days=days) for days in (1, 40, 90)]
    several = [
        on(cluster, "comments", days[0], cluster.mentee),
        on(cluster, "came", days[1], cluster.mentee),
        on(cluster, "hosted", days[1], cluster.mentor),
        on(cluster, "meetings", days[2]),
    ]
    told(await tell(events, *several), 204)
    assert await latest(house, cluster) == {"": days[0], "mentee": days[0], "mentor": days[1]}
    told(await tell(events, on(cluster, "comments", days[0], cluster.mentee, count=0)), 204)
    assert await latest(house, cluster) == {"": days[1], "mentee": days[1], "mentor": days[1]}
    for kind, school in (("came", cluster.mentee), ("hosted", cluster.mentor)):
        told(await tell(events, on(cluster, kind, days[1], school, count=0)), 204)
    assert await latest(house, cluster) == {"": days[2]}
    told(await tell(events, on(cluster, "meetings", days[2], count=0)), 204)
    assert await latest(house, cluster) == {}


@pytest.mark.parametrize(
    ("kind", "is_life"), [("meetings", True), ("planning", True), ("came", False), ("entries", False)]
)
async def test_what_is_of_no_school_is_no_life_of_the_cluster_unless_it_meets_or_plans(
    house, cluster, events, today, kind, is_life
):
    told(await tell(events, on(cluster, kind, today)), 204)
    assert await latest(house, cluster) == ({"": today} if is_life else {})


async def test_what_is_planned_until_the_end_of_the_next_month_is_a_sign_of_life(house, cluster, events):
    soon, later = date(YEAR + 1, 4, 30), date(YEAR + 1, 5, 1)
    for day in (later, soon):
        told(await tell(events, on(cluster, "meetings", day), on(cluster, "hosted", day, cluster.mentor)), 204)
        assert await latest(house, cluster) == ({"": soon, "mentor": soon} if day == soon else {})


async def test_what_was_planned_for_later_comes_near(house, cluster, events, today, monkeypatch):
    later = date(YEAR + 1, 6, 20)
    told(await tell(events, on(cluster, "meetings", later), on(cluster, "hosted", later, cluster.mentor)), 204)
    told(await tell(events, on(cluster, "came", today, cluster.mentee)), 204)
    for day, is_near in ((date(YEAR + 1, 4, 30), False), (date(YEAR + 1, 5, 1), True)):
        moment = datetime.combine(day, time(1), UTC)
        monkeypatch.setattr(actions, "real_now", lambda moment=moment: moment)
        for _ in range(2):
            await look_ahead(house.database("clusters"))
        near = {"": later, "mentor": later, "mentee": today}
        assert await latest(house, cluster) == (near if is_near else {"": today, "mentee": today})


async def test_it_is_remembered_however_long_ago_it_was(house, cluster, events):
    for day in (date(2021, 10, 5), date(2020, 10, 5)):
        told(await tell(events, on(cluster, "meetings", day)), 204)
    assert await latest(house, cluster) == {"": date(2021, 10, 5)}


def test_somebody_looks_ahead_every_hour():
    assert "look_at_what_comes_near" in {chore.__name__ for chore in jobs.chores}
