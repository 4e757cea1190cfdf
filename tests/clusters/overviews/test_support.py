"""How closely a country is accompanied: the usual levels, chosen ones, and all that differs between them."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kit.problems import Changed
from services.clusters.clusters.showing import routes as cluster_routes
from services.clusters.clusters.support import routes as support_routes
from services.clusters.clusters.support.actions import choose
from services.clusters.clusters.support.levels import SUPPORT, USUAL, Level, in_school_year, level_on
from services.clusters.clusters.support.schemas import SupportIn
from tests.acts.asking import kinds
from tests.clusters.overviews.looking import YEAR, a_sum, formed, happened, overview, support, tell
from tests.clusters.year.planning import MILESTONE, a_plan
from tests.empty_house import without_programme
from tests.people import a_cluster, an_official, refusal, told, wrong_fields

G, L, R = Level.guided, Level.light_touch, Level.on_request
MONTHS = (9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8)
# The months of a school year that bring each country under a level, whatever the time of the year.
ALWAYS = {G: (None, None), L: (9, None), R: (None, 9)}


def levels(light_touch_from, on_request_from):
    year = [date(2026 if month >= 9 else 2027, month, 1) for month in MONTHS]
    return "".join(level_on(day, light_touch_from, on_request_from)[0] for day in year)


@pytest.mark.parametrize(
    ("light_touch_from", "on_request_from", "year"),
    [
        (*USUAL, "ggggllloooo" + "o"),
        (None, None, "g" * 12),
        (9, None, "l" * 12),
        (None, 9, "o" * 12),
        (8, None, "g" * 11 + "l"),
        (9, 10, "l" + "o" * 11),
        (None, 1, "gggg" + "o" * 8),
        (12, 6, "ggg" + "l" * 6 + "ooo"),
    ],
)
def test_each_level_holds_until_the_next_begins_or_the_school_year_ends(light_touch_from, on_request_from, year):
    assert levels(light_touch_from, on_request_from) == year


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from([None, *MONTHS]), st.sampled_from([None, *MONTHS]))
def test_within_a_school_year_it_never_becomes_closer_again(day, light_touch_from, on_request_from):
    later = day + timedelta(days=1)
    if (later.month, later.day) != (9, 1):
        order = [*Level]
        before, after = [order.index(level_on(each, light_touch_from, on_request_from)) for each in (day, later)]
        assert before <= after


def test_september_is_the_first_month():
    assert [in_school_year(month) for month in MONTHS] == [*range(12)]


def test_the_table_says_at_least_six_things_and_no_two_levels_are_the_same():
    behaviours = [vars(SUPPORT[level]) for level in Level]
    assert len(behaviours[0]) >= 6
    assert all(len({each[name] for each in behaviours}) > 1 for name in behaviours[0])
    assert len({tuple(each.values()) for each in behaviours}) == 3


async def shown(asker, country):
    return await asker.clusters.get(f"/v1/countries/{country}/support")


async def test_a_country_is_accompanied_as_usual_until_somebody_chooses(house, nora, petra, country, monkeypatch):
    found = told(await shown(nora, country))
    assert (found["light_touch_from"], found["on_request_from"], found["version"]) == (*USUAL, 0)
    assert [one["level"] for one in found["levels"]] == [*Level]
    assert found["levels"] == [{"level": level} | vars(SUPPORT[level]) for level in Level]
    assert found["can"] == ["see", "choose"]
    assert told(await shown(petra, country))["can"] == ["see"]
    for month, level in ((9, G), (12, G), (1, L), (3, L), (4, R), (8, R)):
        at = datetime(YEAR if month >= 9 else YEAR + 1, month, 1, tzinfo=UTC)
        monkeypatch.setattr(support_routes, "now", lambda at=at: at)
        assert told(await shown(nora, country))["level"] == level


async def test_it_is_chosen_and_changed_and_told_once(house, nora, country):
    chosen = told(await support(nora, country, 11, 5))
    assert (chosen["light_touch_from"], chosen["on_request_from"], chosen["version"]) == (11, 5, 1)
    assert told(await shown(nora, country)) == chosen
    assert (await shown(nora, country)).headers["etag"].startswith('"1.')
    assert told(await support(nora, country, 11, 5, version=1))["version"] == 1
    never = told(await support(nora, country, version=1))
    assert (never["light_touch_from"], never["on_request_from"], never["version"]) == (None, None, 2)
    assert told(await support(nora, country, None, 9, version=2))["level"] == R
    facts = await house.rows(
        "clusters",
        "select data from fact where kind = 'support.chosen' and data->>'country' = $1 order by seq",
        country,
    )
    assert [(row["data"]["light_touch_from"], row["data"]["on_request_from"]) for row in facts] == [
        (11, 5), (None, None), (None, 9),
    ]  # fmt: skip
    assert (await kinds(nora, f"/countries/{country}/acts", ["clusters"])).count("support.chosen") == 3


@pytest.mark.parametrize("version", [0, 1])
async def test_of_two_who_choose_at_once_one_hears_of_the_other(house, nora, country, version):
    other = await an_official(house, "national_coordinator", country)
    if version:
        told(await support(nora, country, 12, 6))
    answers = await asyncio.gather(
        *(support(asker, country, 10, month, version) for asker, month in ((nora, 5), (other, 6)))
    )
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    (kept,) = [told(answer) for answer in answers if answer.status_code == 200]
    found = told(await shown(nora, country))
    assert (found["on_request_from"], found["version"]) == (kept["on_request_from"], version + 1)


async def test_who_finds_nothing_chosen_while_another_chooses_hears_of_it(house, nora, country):
    """Both have asked before the first has a row that could be locked."""
    said = SupportIn(light_touch_from=10, on_request_from=5)
    async with house.database("clusters").transaction() as db:
        told(await support(nora, country, 11, 6))
        with pytest.raises(Changed):
            await choose(db, country, said, None, nora.id)
    found = told(await shown(nora, country))
    assert (found["light_touch_from"], found["version"]) == (11, 1)


async def test_who_does_not_say_what_they_read_does_not_choose(nora, country):
    assert refusal(await support(nora, country, version=None)) == (428, "precondition-required")
    assert refusal(await support(nora, country, version=3)) == (412, "changed")
    assert told(await shown(nora, country))["version"] == 0


async def test_on_request_begins_after_the_light_touch(nora, country):
    for light, request in ((1, 1), (4, 1), (1, 12), (8, 9), (9, 9), (2, 10)):
        assert wrong_fields(await support(nora, country, light, request)) == {"/on_request_from": "support_order"}
    assert told(await shown(nora, country))["version"] == 0


async def test_a_month_is_one_of_twelve(nora, country):
    for month in (0, 13, 1.5, "May"):
        assert wrong_fields(await support(nora, country, month, None)).keys() == {"/light_touch_from"}
        assert wrong_fields(await support(nora, country, None, month)).keys() == {"/on_request_from"}


async def test_only_the_national_coordinator_chooses_and_only_offices_of_the_country_look(
    house, nora, petra, home, country
):
    elsewhere = await an_official(house, "national_coordinator", "JO")
    told(await shown(petra, country))
    assert refusal(await support(petra, country)) == (403, "forbidden")
    for asker in (elsewhere, home.anna, home.cara, await house.as_service("demo")):
        assert refusal(await shown(asker, country)) == (403, "forbidden")
        assert refusal(await support(asker, country)) == (403, "forbidden")
    assert refusal(await shown(house.guest, country)) == (401, "unauthenticated")
    assert len(wrong_fields(await shown(nora, "cz"))) == 1


async def test_a_country_that_takes_no_part_is_not_there(house, nora, country):
    async with without_programme(house):
        await house.rows("clusters", "insert into country_taking_part values ('CZ', now())")
        assert refusal(await shown(nora, country)) == (404, "not-found")
        assert refusal(await support(nora, country)) == (404, "not-found")
    told(await shown(nora, country))


@pytest.fixture
async def seeded(house, country, today):
    """A country in which there is something to say of every kind."""
    events = await house.as_service("events")
    clusters = {name: await a_cluster(house, country=country) for name in ("silent", "dozing", "unplanned", "busy")}
    for name, cluster in clusters.items():
        await formed(house, cluster, today - timedelta(days=130))
        if name != "unplanned":
            parts = [MILESTONE | {"ends": str(today - timedelta(days=3))}] if name == "busy" else []
            await a_plan(cluster.anna, cluster, *parts)
        if name in ("unplanned", "busy"):
            await happened(house, cluster, today, cluster.mentor)
    await happened(house, clusters["unplanned"], today, clusters["unplanned"].mentee)
    await happened(house, clusters["dozing"], today - timedelta(days=30))
    told(await tell(events, a_sum(clusters["busy"], "meetings", 5, date(YEAR, 10, 1))), 204)
    return clusters


async def test_the_levels_differ_by_the_table_and_by_nothing_else(nora, petra, country, seeded):
    seen = {}
    for version, (level, months) in enumerate(ALWAYS.items()):
        told(await support(nora, country, *months, version))
        seen[level] = await overview(nora)
    names = {cluster.id: name for name, cluster in seeded.items()}
    nudged = {
        level: {(one["why"], names[one["cluster_id"]]) for one in found["nudges"]} for level, found in seen.items()
    }
    close = {
        ("quiet", "silent"),
        ("quiet", "dozing"),
        ("no_plan", "unplanned"),
        ("late", "busy"),
        ("quiet_school", "busy"),
        ("few_entries", "busy"),
    }
    assert nudged == {G: close, L: {("quiet", "silent"), ("no_plan", "unplanned")}, R: set()}
    assert [found["first"] for found in seen.values()] == ["nudges", "months", "help"]
    assert [found["countries"][0]["quiet"] for found in seen.values()] == [2, 1, 0]
    assert [found["countries"][0]["level"] for found in seen.values()] == [*Level]
    for found in seen.values():
        of_level = {"nudges": [], "first": "", "countries": [found["countries"][0] | {"quiet": 0, "level": ""}]}
        assert found | of_level == seen[G] | {
            "nudges": [], "first": "", "countries": [seen[G]["countries"][0] | {"quiet": 0, "level": ""}],
        }  # fmt: skip
    for why, behaviour in {
        "quiet": "quiet_weeks", "quiet_school": "quiet_schools", "few_entries": "few_entries", "no_plan": "no_plan",
        "late": "late",
    }.items():  # fmt: skip
        for level in Level:
            assert (why in {one for one, _ in nudged[level]}) == bool(vars(SUPPORT[level])[behaviour]), (why, level)
    assert (await overview(petra, country=country))["countries"] == seen[R]["countries"]


async def offer(home):
    return told(await home.cara.clusters.get(f"/v1/clusters/{home.id}"))["offer"]


async def test_what_a_cluster_is_offered_follows_the_level(nora, home, country):
    for version, (level, months) in enumerate(ALWAYS.items()):
        told(await support(nora, country, *months, version))
        assert await offer(home) == SUPPORT[level].offer
    assert len({SUPPORT[level].offer for level in Level}) == 3


async def test_without_a_choice_it_is_the_usual_offer_of_the_month(nora, home, monkeypatch):
    for month, said in ((9, "looks_in"), (1, "at_hand"), (4, "when_asked"), (8, "when_asked")):
        at = datetime(YEAR if month >= 9 else YEAR + 1, month, 1, tzinfo=UTC)
        monkeypatch.setattr(cluster_routes, "now", lambda at=at: at)
        assert await offer(home) == said


async def test_where_nobody_coordinates_the_country_nothing_is_offered(house, home, country):
    assert await offer(home) is None
    nora = await an_official(house, "national_coordinator", country)
    assert await offer(home)
    await house.rows("clusters", "update office set ended_at = now() where person_id = $1", nora.id)
    assert await offer(home) is None
