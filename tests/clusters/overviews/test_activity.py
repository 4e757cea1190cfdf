"""Sums of what happens: counted where it happens, told to clusters, right whatever was changed since."""

from datetime import UTC, date, datetime, timedelta

from kit.clock import now, real_now
from tests.clusters.overviews.looking import LAST, formed, in_month, month_of, of_month, over, overview_of, sums
from tests.clusters.year.planning import GOAL, a_plan, hand_in
from tests.diaries.writing import comment, published
from tests.events.making import announce, show, site
from tests.events.test_attendance import mark
from tests.events.test_changes import as_it_is, change
from tests.people import an_official, told


async def cancel(asker, event):
    told(await asker.events.post(f"/v1/events/{event['id']}/cancellation", json={}), 201)


def counts(school):
    return {kind: count for kind, count in school["counts"].items() if count}


async def test_what_a_school_gives_and_gets_stands_in_the_overview_of_its_cluster(house, cluster):
    event = await announce(cluster.anna, cluster, 5, days=-1)
    told(await mark(cluster.anna, event, cluster.cara, cluster.dan, cluster.marie))
    entry = await published(cluster.cara, cluster)
    told(await comment(cluster.marie, entry), 201)
    told(await comment(cluster.marie, entry, kind="takeaway"), 201)
    await house.catch_up()
    year = {"year": LAST} if (now() - timedelta(days=1)).month == 8 else {}
    found, schools = await overview_of(cluster.dan, cluster, **year)
    mentor, mentee = schools[cluster.mentor], schools[cluster.mentee]
    assert counts(mentor).items() >= {"organised": 1, "joined": 1, "came": 1, "people": 1, "reached": 1}.items()
    assert counts(mentee).items() >= {"joined": 1, "came": 2, "people": 2, "reached": 2}.items()
    if not year:
        assert (counts(mentor)["comments"], counts(mentor)["takeaways"], counts(mentee)["entries"]) == (1, 1, 1)
    assert (found["totals"]["meetings"], found["totals"]["people"]) == (1, 3)
    month = month_of(now() - timedelta(days=1), "Europe/Prague")
    assert (found["months"], mentee["months"]) == ({month: 3}, {month: 2})


async def test_an_event_that_is_moved_counts_in_its_new_month_alone(house, cluster):
    first = real_now().replace(microsecond=0) + timedelta(days=40)
    event = await announce(cluster.anna, cluster, 5, days=40)
    await house.catch_up()
    assert (month_of(first, "Europe/Prague"), "meetings", "") in await sums(house, cluster)
    second = first + timedelta(days=35)
    for at in (second, first, second):
        times = {"starts_at": at.isoformat(), "ends_at": (at + timedelta(hours=1)).isoformat()}
        told(await change(cluster.anna, await show(cluster.anna, event["id"]), as_it_is(event, **times)), 201)
    await house.catch_up()
    assert {when for when, _, _ in await sums(house, cluster)} == {month_of(second, "Europe/Prague")}
    assert await sums(house, cluster) == await sums(house, cluster, "events")


async def test_within_its_month_an_event_is_moved_to_another_day(house, cluster):
    month = (real_now() + timedelta(days=70)).replace(day=1, hour=10, minute=0, second=0, microsecond=0)
    event = await announce(cluster.anna, cluster, 5, **at_that(month))
    for day in (20, 5):
        moved = as_it_is(await show(cluster.anna, event["id"]), **at_that(month.replace(day=day)))
        told(await change(cluster.anna, await show(cluster.anna, event["id"]), moved), 201)
        await house.catch_up()
        last = "select distinct last_on from activity where cluster_id = $1 and count > 0"
        assert await house.rows("clusters", last, cluster.id) == [(month.date().replace(day=day),)]


def at_that(begins):
    return {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}


async def test_an_event_whose_zone_alone_changes_may_be_of_another_month(house, cluster):
    """At half past nine in the evening of the last day of a month in London it is the next one in Amman."""
    later = (real_now() + timedelta(days=70)).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    begins = later - timedelta(hours=2, minutes=30)
    times = {"starts_at": begins.isoformat(), "ends_at": later.isoformat()}
    event = await announce(cluster.anna, cluster, 5, **times, zone="UTC")
    await house.catch_up()
    assert {when for when, _, _ in await sums(house, cluster)} == {month_of(begins)}
    told(await change(cluster.anna, event, as_it_is(event, **times, zone="Asia/Amman")), 201)
    await house.catch_up()
    assert {when for when, _, _ in await sums(house, cluster)} == {month_of(later)}


async def test_a_cancelled_event_counts_nowhere(house, cluster):
    event, other = [await announce(cluster.anna, cluster, 5, days=days) for days in (3, 3)]
    await house.catch_up()
    await cancel(cluster.anna, event)
    await house.catch_up()
    month = month_of(datetime.fromisoformat(other["starts_at"]), "Europe/Prague")
    assert await sums(house, cluster) == {(month, "meetings", ""): 1, (month, "organised", "mentor"): 1}
    await cancel(cluster.anna, other)
    await house.catch_up()
    assert await sums(house, cluster) == {}


async def test_a_corrected_attendance_is_counted_as_it_is_now(house, cluster):
    event = await announce(cluster.anna, cluster, 5, **over(in_month(11)))
    told(await mark(cluster.anna, event, cluster.cara, cluster.dan))
    found = await of_month(house, cluster, f"{LAST}-11")
    assert (found["came", "mentee"], ("came", "mentor") in found) == (2, False)
    told(await mark(cluster.anna, event, cluster.dan, cluster.marie))
    found = await of_month(house, cluster, f"{LAST}-11")
    assert (found["came", "mentee"], found["came", "mentor"]) == (1, 1)
    told(await mark(cluster.anna, event))
    found = await of_month(house, cluster, f"{LAST}-11")
    assert found == {("meetings", ""): 1, ("organised", "mentor"): 1}
    assert await of_month(house, cluster, f"{LAST}-09") == {}


async def test_of_two_who_came_often_each_is_one_of_the_month_and_of_the_year(house, cluster):
    came = {(10, 5): "cara dan marie", (10, 12): "cara", (11, 5): "cara hana", (2, 5): "cara"}
    for (month, day), names in came.items():
        event = await announce(cluster.anna, cluster, 5, **over(in_month(month, day)))
        told(await mark(cluster.anna, event, *(getattr(cluster, name) for name in names.split())))
    october = await of_month(house, cluster, f"{LAST}-10")
    assert {kind: october[kind, "mentee"] for kind in ("joined", "came", "people")} == {
        "joined": 2, "came": 3, "people": 2,
    }  # fmt: skip
    assert {kind: october[kind, "mentor"] for kind in ("joined", "came", "people")} == {
        "joined": 1, "came": 1, "people": 1,
    }  # fmt: skip
    assert await of_month(house, cluster, f"{LAST}-09") == {("reached", "mentee"): 3, ("reached", "mentor"): 1}
    await formed(house, cluster, date(LAST, 9, 5))
    _, schools = await overview_of(cluster.anna, cluster, year=LAST)
    mentee = schools[cluster.mentee]
    assert (mentee["counts"]["reached"], mentee["counts"]["came"], mentee["counts"]["people"]) == (3, 6, 5)
    assert mentee["months"] == {f"{LAST}-10": 2, f"{LAST}-11": 2, f"{LAST + 1}-02": 1}


async def test_who_comes_again_after_the_summer_is_reached_again(house, cluster):
    for month, day in ((9, 1), (8, 31)):
        event = await announce(cluster.anna, cluster, 5, **over(in_month(month, day, hour=0, minute=10, year=LAST - 1)))
        told(await mark(cluster.anna, event, cluster.cara))
    event = await announce(cluster.anna, cluster, 5, **over(in_month(9, 1, hour=0, minute=10)))
    told(await mark(cluster.anna, event, cluster.cara))
    for year in (LAST - 1, LAST):
        assert (await of_month(house, cluster, f"{year}-09"))["reached", "mentee"] == 1
    assert (await of_month(house, cluster, f"{LAST}-08"))["came", "mentee"] == 1


async def test_a_meeting_belongs_to_the_month_in_which_it_begins_where_it_is(house, cluster):
    into_november = in_month(10, 31, hour=23, minute=30)
    just_after = in_month(11, 1, hour=0, minute=30)
    in_amman = in_month(12, 1, hour=0, minute=30, zone="Asia/Amman")
    for begins, zone in ((into_november, "Europe/Prague"), (just_after, "Europe/Prague"), (in_amman, "Asia/Amman")):
        await announce(cluster.anna, cluster, 5, **over(begins, zone=zone))
    await house.catch_up()
    found = await sums(house, cluster)
    assert {when: count for (when, kind, _), count in found.items() if kind == "meetings"} == {
        f"{LAST}-10": 1, f"{LAST}-11": 1, f"{LAST}-12": 1,
    }  # fmt: skip
    days = await house.rows(
        "clusters", "select last_on from activity where cluster_id = $1 and kind = 'meetings' order by 1", cluster.id
    )
    assert [f"{row['last_on']:%m-%d}" for row in days] == ["10-31", "11-01", "12-01"]


async def test_a_school_hosts_a_meeting_once_wherever_in_it_people_sit(house, cluster):
    sites = [{"name": name, "school_id": cluster.mentee} for name in ("Library", "Gym")]
    event = await announce(cluster.anna, cluster, sites=sites, days=5)
    month = month_of(datetime.fromisoformat(event["starts_at"]), "Europe/Prague")
    assert (await of_month(house, cluster, month))["hosted", "mentee"] == 1
    elsewhere = as_it_is(event, sites=[{"id": site(event), "name": "Library", "school_id": cluster.mentor}])
    told(await change(cluster.anna, event, elsewhere), 201)
    found = await of_month(house, cluster, month)
    assert {key: count for key, count in found.items() if key[0] == "hosted"} == {("hosted", "mentor"): 1}
    told(await change(cluster.anna, await show(cluster.anna, event["id"]), as_it_is(event, sites=[])), 201)
    assert not [kind for kind, _ in await of_month(house, cluster, month) if kind == "hosted"]


async def test_what_an_official_organises_is_of_no_school(house, cluster):
    olga = await an_official(house, "national_coordinator", "CZ")
    event = await announce(olga, cluster, 5, **over(in_month(11)))
    told(await mark(cluster.anna, event, olga, cluster.cara))
    found = await of_month(house, cluster, f"{LAST}-11")
    assert (found["meetings", ""], found["came", ""]) == (1, 1)
    assert not [whose for kind, whose in found if kind == "organised"]
    await formed(house, cluster, date(LAST, 9, 5))
    shown, _ = await overview_of(olga, cluster, year=LAST)
    assert shown["others"] == {"joined": 1, "came": 1, "people": 1, "reached": 1}
    assert shown["totals"]["came"] == 2


async def test_steps_of_planning_are_the_clusters_own(house, cluster):
    month = f"{real_now().astimezone(UTC):%Y-%m}"
    plan = await a_plan(cluster.anna, cluster, GOAL, GOAL | {"title": "Another"})
    assert await of_month(house, cluster, month) == {("planning", ""): 3}
    told(await hand_in(cluster.anna, plan), 204)
    assert await of_month(house, cluster, month) == {("planning", ""): 4}
    assert await sums(house, cluster, "events") == {}
    told(await mark(cluster.anna, await announce(cluster.anna, cluster, 5, **over(in_month(11))), cluster.cara))
    assert await of_month(house, cluster, month) == {("planning", ""): 4}
