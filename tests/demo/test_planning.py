"""The demonstration year looks as if it had been lived, whichever day it is loaded on."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from demo.calendar import Calendar, school_year_of
from demo.planning import ONLINE, plan_year
from demo.reading import read_year

YEAR = read_year()
LOUNY, EVORA, *_ = YEAR.clusters
NOVEMBER = date(2026, 11, 25)
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))
EDGES = [
    date(2026, 9, 1),
    date(2026, 12, 31),
    date(2028, 2, 29),
    date(2027, 7, 15),
    date(2029, 9, 3),
    date(2030, 9, 1),
    NOVEMBER,
]
GATHERING = ("cluster", "school", "membership", "invitation", "acceptance", "office")


def any_day(test):
    """Try a test on many days, and always on those that are special."""
    for day in EDGES:
        test = example(day)(test)
    return settings(max_examples=40, deadline=None)(given(DAYS)(test))


def planned(today):
    return plan_year(YEAR, today)


def calendar(cluster):
    return Calendar(YEAR.holidays[cluster.country])


def acts(plan, cluster, *kinds):
    """key: moment, of the acts of these kinds in a cluster."""
    prefixes = tuple(f"{cluster.data.key}/{kind}/" for kind in kinds)
    return {key: at for key, at in plan.moments.items() if key.startswith(prefixes)}


def midnight(day, zone):
    return datetime.combine(day, datetime.min.time(), ZoneInfo(zone))


def registrations(cluster, event):
    key = event.data.key
    return [cluster.at(f"registration/{key}/{person}") for group in event.coming for person in group.people]


@any_day
def test_no_two_acts_share_a_minute(today):
    moments = planned(today).moments.values()
    assert len({moment.replace(second=0) for moment in moments}) == len(moments)


@any_day
def test_everything_was_written_before_the_day_of_loading_by_people_who_were_awake(today):
    plan = planned(today)
    for cluster in plan.clusters:
        zone, school_days = ZoneInfo(cluster.data.zone), calendar(cluster.data)
        for key, moment in plan.moments.items():
            if not key.startswith(f"{cluster.data.key}/"):
                continue
            local = moment.astimezone(zone)
            assert local.date() < today
            assert 7 <= local.hour < 23
            assert local.weekday() < 5
            if not key.removeprefix(f"{cluster.data.key}/").startswith(GATHERING):
                assert school_days.is_school_day(local.date()), (key, local)


@any_day
def test_nobody_meets_on_a_day_without_lessons(today):
    for cluster in planned(today).clusters:
        for event in cluster.events:
            assert calendar(cluster.data).is_school_day(event.day), (event.data.key, event.day)
        assert len({event.day for event in cluster.events}) == len(cluster.events)


@any_day
def test_people_register_before_a_meeting_and_are_marked_after_it(today):
    for cluster in planned(today).clusters:
        for event in cluster.events:
            begins = midnight(event.day, cluster.data.zone)
            asked = registrations(cluster, event)
            assert asked == sorted(asked)
            assert cluster.at(f"event/{event.data.key}") < asked[0]
            assert asked[-1] < begins
            assert asked[-1] - asked[0] > timedelta(days=1) or len(asked) < 3
            if event.came:
                assert cluster.at(f"attendance/{event.data.key}") > begins + timedelta(days=1)
                assert {*event.came} <= {person for group in event.coming for person in group.people}


@any_day
def test_one_meeting_of_last_week_waits_for_eva_to_be_marked(today):
    (unmarked,) = [
        event for cluster in planned(today).clusters for event in cluster.events if event.day < today and not event.came
    ]
    assert unmarked.data.organiser == "eva.novakova"
    assert sum(len(group.people) for group in unmarked.coming) > 5
    assert unmarked.day == calendar(LOUNY).step(today, -5)


@any_day
def test_the_next_meeting_has_two_sites_and_a_line(today):
    louny = planned(today).clusters[0]
    ahead = sorted((event for event in louny.events if event.day >= today), key=lambda event: event.day)
    assert len(ahead) == 5
    assert len(ahead[0].data.sites) == 2
    wanted = {at: sum(len(c.people) for c in ahead[0].coming if c.at == at) for at in ("louny", "lenesice", ONLINE)}
    full = [site for site in ahead[0].data.sites if wanted[site.school] > (site.capacity or 99)]
    assert [site.school for site in full] == ["lenesice"]


@any_day
def test_nobody_was_turned_away_from_a_meeting_that_is_over(today):
    for cluster in planned(today).clusters:
        for event in cluster.events:
            if event.day < today:
                at = {group.at: len(group.people) for group in event.coming}
                assert all(at.get(site.school, 0) <= (site.capacity or 99) for site in event.data.sites)


@any_day
def test_nobody_does_anything_before_they_said_yes(today):
    plan = planned(today)
    for cluster in plan.clusters:
        for event in cluster.events:
            for person in {person for group in event.coming for person in group.people} - {"petr.dvoracek"}:
                first = cluster.at(f"registration/{event.data.key}/{person}")
                assert cluster.at(f"acceptance/{person}") < first, (person, event.data.key)
        for entry in cluster.entries:
            assert cluster.at(f"acceptance/{entry.author}") < cluster.at(f"entry/{entry.key}")
        invited = acts(plan, cluster, "invitation")
        assert all(at > cluster.at("cluster") for at in invited.values())


@any_day
def test_entries_come_after_what_they_are_about_and_answers_after_them(today):
    plan = planned(today)
    for cluster in plan.clusters:
        days = {event.data.key: event.day for event in cluster.events}
        for entry in cluster.entries:
            if entry.event:
                assert cluster.at(f"entry/{entry.key}") > midnight(days[entry.event], cluster.data.zone) + timedelta(1)
            steps = [f"entry/{entry.key}", f"entry/{entry.key}/words", f"entry/{entry.key}/publication"]
            steps += [f"comment/{entry.key}/{number}" for number in range(len(entry.comments))]
            happened = [cluster.at(step) for step in steps if cluster.happens(step)]
            assert happened == sorted(happened)
            for number in range(len(entry.comments)):
                thread = [
                    key for key in plan.moments if key.startswith(f"{cluster.data.key}/comment/{entry.key}/{number}")
                ]
                assert [plan.moments[key] for key in thread] == sorted(plan.moments[key] for key in thread)


@pytest.mark.parametrize("today", [*EDGES, date(2027, 1, 4), date(2027, 6, 30)])
def test_the_former_year_is_whole(today):
    louny = planned(today).clusters[0]
    former = school_year_of(today) - 1
    held = [event for event in louny.events if school_year_of(event.day) == former and event.data.day.year]
    assert {event.day.month for event in held} == {9, 10, 11, 12, 1, 2, 3, 4, 5, 6}
    assert sum(event.data.format == "course" for event in held) == 3
    assert sum(event.data.format == "workshop" for event in held) == 1
    assert sum(event.data.key.startswith("leaders") and bool(event.data.sites) for event in held) == 3
    assert all(event.came for event in held)


def test_by_late_november_the_present_year_has_much_to_show():
    louny, evora, *_ = planned(NOVEMBER).clusters
    for cluster, least in ((louny, 8), (evora, 3)):
        past = [event for event in cluster.events if date(2026, 9, 1) <= event.day < NOVEMBER]
        written = [
            entry
            for entry in cluster.entries
            if cluster.happens(published := f"entry/{entry.key}/publication")
            and cluster.at(published) > datetime(2026, 9, 1, tzinfo=UTC)
        ]
        assert min(len(past), len(written)) >= least
        assert all(later - earlier < timedelta(days=32) for earlier, later in pairwise(sorted(e.day for e in past)))


def test_the_present_year_grows_with_the_days():
    def held(today):
        return [event for event in planned(today).clusters[0].events if event.data.day.year == "present"]

    found = [len(held(date(2027, month, 20))) for month in (1, 3, 5, 6)]
    assert found == sorted(set(found))
    assert held(date(2026, 9, 1)) == []


def test_the_numbers_of_the_schools_are_those_of_their_report():
    numbers = {school.name: (school.present.students, school.present.teachers) for school in LOUNY.schools}
    assert numbers == {
        "ZŠ J. A. Komenského Louny": (530, 33),
        "ZŠ a MŠ Braňany": (150, 15),
        "ZŠ Lenešice": (200, 22),
        "ZŠ Peruc": (200, 19),
    }


@pytest.mark.parametrize(
    ("country", "day", "lessons"),
    [
        ("CZ", date(2026, 9, 1), True),
        ("CZ", date(2026, 9, 28), False),
        ("CZ", date(2026, 10, 28), False),
        ("CZ", date(2026, 11, 17), False),
        ("CZ", date(2026, 12, 24), False),
        ("CZ", date(2027, 3, 26), False),
        ("CZ", date(2027, 3, 29), False),
        ("CZ", date(2027, 6, 30), True),
        ("CZ", date(2027, 7, 1), False),
        ("CZ", date(2026, 11, 28), False),
        ("PT", date(2026, 9, 10), False),
        ("PT", date(2026, 10, 5), False),
        ("PT", date(2027, 2, 9), False),
        ("PT", date(2027, 4, 26), True),
    ],
)
def test_days_without_lessons_are_those_of_the_country(country, day, lessons):
    assert Calendar(YEAR.holidays[country]).is_school_day(day) is lessons


@any_day
def test_a_plan_of_one_day_is_always_the_same(today):
    assert planned(today) == planned(today)
