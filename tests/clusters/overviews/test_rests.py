"""Who does not want to be nudged about something for a while is not: they alone, and no longer than they said."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from kit.clock import real_now
from services.clusters.overviews.nudging.jobs import forget_rests
from services.clusters.overviews.nudging.models import LONGEST_REST
from services.clusters.overviews.nudging.queries import forget_past
from tests.clusters.doors.test_erasure import erased, leave
from tests.clusters.overviews.looking import formed, happened, overview, overview_of, support
from tests.clusters.year.planning import a_plan
from tests.people import a_cluster, a_person, a_school, an_official, refusal, told, wrong_fields

OF_PERSON = "select until from nudge_rest where person_id = $1"


@pytest.fixture(autouse=True)
async def guided(nora, country, today):
    told(await support(nora, country))
    return today


@pytest.fixture
async def quiet(house, home, today):
    """A cluster that is quiet, and in it a school that is quieter."""
    await formed(house, home, today - timedelta(days=120))
    await a_plan(home.anna, home)
    return home


@pytest.fixture
async def half_quiet(house, quiet, today):
    """A cluster in which a school is quiet."""
    await happened(house, quiet, today - timedelta(days=2), quiet.mentor)
    return quiet


async def rest(asker, cluster, until, school_id=None):
    said = {"until": until and str(until)} | ({"school_id": school_id} if school_id else {})
    return await asker.clusters.post(f"/v1/clusters/{cluster.id}/nudge-rests", json=said)


async def whys(asker):
    return [(one["why"], one["school_id"]) for one in (await overview(asker))["nudges"]]


async def test_a_cluster_rests_for_who_said_so_and_nobody_else(house, nora, quiet, today):
    other = await an_official(house, "national_coordinator", quiet.country)
    told(await rest(nora, quiet, today + timedelta(days=1)), 204)
    assert (await whys(nora), await whys(other)) == ([], [("quiet", None)])
    told(await rest(nora, quiet, None), 204)
    assert await whys(nora) == [("quiet", None)]
    told(await rest(nora, quiet, None), 204)


async def test_said_again_the_last_day_holds(house, nora, quiet, today):
    for days in (30, 5, 10):
        told(await rest(nora, quiet, today + timedelta(days=days)), 204)
    ((until,),) = await house.rows("clusters", OF_PERSON, nora.id)
    assert until == today + timedelta(days=10)


async def test_it_rests_until_the_day_and_no_longer(house, nora, quiet, today):
    told(await rest(nora, quiet, today + timedelta(days=1)), 204)
    await house.rows("clusters", "update nudge_rest set until = $2 where person_id = $1", nora.id, today)
    assert await whys(nora) == [("quiet", None)]


async def test_a_school_rests_and_the_cluster_does_not(house, nora, half_quiet, today):
    assert await whys(nora) == [("quiet_school", half_quiet.mentee)]
    told(await rest(nora, half_quiet, today + timedelta(days=9), half_quiet.mentee), 204)
    assert await whys(nora) == []
    told(await rest(nora, half_quiet, None), 204)
    assert await whys(nora) == []
    told(await rest(nora, half_quiet, None, half_quiet.mentee), 204)
    assert await whys(nora) == [("quiet_school", half_quiet.mentee)]
    told(await rest(nora, half_quiet, today + timedelta(days=9)), 204)
    assert await whys(nora) == []


async def test_a_coordinator_rests_a_school_for_themselves(nora, half_quiet, today):
    told(await rest(half_quiet.anna, half_quiet, today + timedelta(days=9), half_quiet.mentee), 204)
    since = {}
    for asker in (half_quiet.anna, half_quiet.ben, nora):
        _, schools = await overview_of(asker, half_quiet)
        since[asker.id] = schools[half_quiet.mentee]["quiet_since"]
    assert [bool(day) for day in since.values()] == [False, True, True]
    assert await whys(nora) == [("quiet_school", half_quiet.mentee)]


async def test_it_rests_for_a_year_at_most(nora, quiet, today):
    for until in (today, today - timedelta(days=1), today + LONGEST_REST + timedelta(days=1), date(9999, 1, 1)):
        assert wrong_fields(await rest(nora, quiet, until)) == {"/until": "rest_out_of_bounds"}
    for until in (today + timedelta(days=1), today + LONGEST_REST):
        told(await rest(nora, quiet, until), 204)
    assert wrong_fields(await rest(nora, quiet, "soon")).keys() == {"/until"}
    answer = await nora.clusters.post(f"/v1/clusters/{quiet.id}/nudge-rests", json={})
    assert wrong_fields(answer).keys() == {"/until"}


async def test_a_school_of_another_cluster_does_not_rest_here(house, nora, quiet, today):
    for school in (str(uuid4()), await a_school(house, quiet.country)):
        for until in (today + timedelta(days=9), None):
            answer = await rest(nora, quiet, until, school)
            assert wrong_fields(answer) == {"/school_id": "school_not_in_cluster"}


async def test_only_who_is_nudged_rests(house, nora, petra, quiet, today):
    until = today + timedelta(days=9)
    for asker in (quiet.cara, quiet.hana, petra):
        assert refusal(await rest(asker, quiet, until)) == (403, "forbidden")
    stranger = await a_cluster(house)
    for asker in (stranger.anna, await an_official(house, "national_coordinator", "JO")):
        assert refusal(await rest(asker, quiet, until)) == (404, "not-found")
    assert refusal(await rest(house.guest, quiet, until)) == (401, "unauthenticated")
    for asker in (quiet.anna, quiet.ben, nora):
        told(await rest(asker, quiet, until), 204)
    kept = "select 1 from nudge_rest where cluster_id = $1"
    assert len(await house.rows("clusters", kept, quiet.id)) == 3


async def test_what_is_past_is_swept_away(house, nora, quiet, today):
    real = real_now().date()
    other = await a_cluster(house, country=quiet.country)
    told(await rest(nora, quiet, today + timedelta(days=1)), 204)
    told(await rest(nora, other, today + timedelta(days=1)), 204)
    await house.rows("clusters", "update nudge_rest set until = $2 where cluster_id = $1", quiet.id, real)
    await house.rows(
        "clusters", "update nudge_rest set until = $2 where cluster_id = $1", other.id, real + timedelta(days=1)
    )
    await forget_rests(house.context("clusters"))
    ((until,),) = await house.rows("clusters", OF_PERSON, nora.id)
    assert until == real + timedelta(days=1)
    await forget_past(house.database("clusters").pool, until)
    assert await house.rows("clusters", OF_PERSON, nora.id) == []


async def test_what_rests_is_in_the_record_and_goes_with_the_person(house, half_quiet, today):
    ben, until = half_quiet.ben, today + timedelta(days=9)
    told(await rest(ben, half_quiet, until), 204)
    told(await rest(ben, half_quiet, until, half_quiet.mentee), 204)
    ((school,),) = await house.rows("clusters", "select name from school where id = $1", half_quiet.mentee)
    record = told(await ben.clusters.get("/v1/me/record"))["nudge_rest"]
    assert sorted((one["school"] or "", one["until"]) for one in record) == [("", str(until)), (school, str(until))]
    await a_person(house, half_quiet.mentee, "coordinator")
    told(await leave(house, ben, half_quiet.addresses["ben"]), 202)
    await erased(house)
    assert await house.rows("clusters", OF_PERSON, ben.id) == []
