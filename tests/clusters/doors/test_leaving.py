"""Leaving a school, and being released: those whom it concerns hear of it, and nobody else."""

import asyncio

import pytest

from services.clusters.doors.erasure import actions as erasing
from services.clusters.doors.leaving import actions as leaving
from tests.clusters.doors.test_closing import notices_of
from tests.clusters.doors.test_erasure import by_link
from tests.people import a_cluster, an_office, an_official, told


async def told_of(cluster, kind):
    return {name: found for name, one in cluster.everybody.items() if (found := await notices_of(one, kind))}


@pytest.fixture
async def left(house):
    """A cluster of the test's own."""
    return await a_cluster(house)


async def test_who_leaves_is_told_of_to_who_leads_the_school(left):
    told(await left.cara.clusters.delete(f"/v1/staff/{left.staff['cara']}"))
    found = await told_of(left, "colleague_left")
    assert found.keys() == {"ben", "hana"}
    assert (found["ben"][0]["by"], found["ben"][0]["leads_no_longer"]) == ("Cara Sykes", False)
    assert await told_of(left, "staff_ended") == {}


async def test_who_is_taken_out_hears_it_and_nobody_else(left):
    told(await left.hana.clusters.delete(f"/v1/staff/{left.staff['dan']}"))
    found = await told_of(left, "staff_ended")
    assert found.keys() == {"dan"}
    assert found["dan"][0]["by"] == "Hana Velká"
    assert await told_of(left, "colleague_left") == {}


async def test_who_leads_no_longer_tells_the_others_and_hears_it_of_somebody_else(left):
    told(await left.hana.clusters.put(f"/v1/staff/{left.staff['hana']}/role", json={"role": "teacher"}))
    found = await told_of(left, "colleague_left")
    assert {name: one["leads_no_longer"] for name, (one,) in found.items()} == {"ben": True}
    assert await told_of(left, "staff_ended") == {}


async def test_who_is_made_a_teacher_by_somebody_else_hears_it(left):
    told(await left.ben.clusters.put(f"/v1/staff/{left.staff['hana']}/role", json={"role": "teacher"}))
    found = await told_of(left, "staff_ended")
    assert {name: one["leads_no_longer"] for name, (one,) in found.items()} == {"hana": True}
    assert await told_of(left, "colleague_left") == {}


async def test_somebody_leaves_while_their_leader_leaves_for_good(house, left, monkeypatch):
    """One waits for the other, and not each for each."""
    secret = await by_link(house, left.addresses["hana"])
    end_sessions, give_up = erasing.end_other_sessions, leaving.give_up_school

    async def with_the_person(db, *more):
        await end_sessions(db, *more)
        await asyncio.sleep(0.6)

    async def with_the_school(db, staff, by):
        staff = await give_up(db, staff, by)
        await asyncio.sleep(1)
        return staff

    async def cara_leaves():
        await asyncio.sleep(0.2)
        return await left.cara.clusters.delete(f"/v1/staff/{left.staff['cara']}")

    monkeypatch.setattr(erasing, "end_other_sessions", with_the_person)
    monkeypatch.setattr(leaving, "give_up_school", with_the_school)
    erased = left.hana.clusters.post("/v1/me/erasure", json={"writings": "stay", "session": secret})
    assert [answer.status_code for answer in await asyncio.gather(erased, cara_leaves())] == [202, 200]
    assert len(await notices_of(left.ben, "colleague_left")) == 1


async def test_a_leader_who_leaves_tells_the_others(left):
    told(await left.hana.clusters.delete(f"/v1/staff/{left.staff['hana']}"))
    assert (await told_of(left, "colleague_left")).keys() == {"ben"}


async def test_who_leads_a_released_school_hears_it(house, left):
    olga = await an_official(house, "programme_coordinator")
    told(await olga.clusters.delete(f"/v1/memberships/{left.memberships['mentee']}"))
    found = await told_of(left, "school_released")
    assert found.keys() == {"ben", "hana"}
    assert found["ben"][0]["by"] == "Olga"


async def test_who_releases_the_school_that_they_lead_is_not_told(house, left):
    office = {"name": "Ben", "mail": left.addresses["ben"], "kind": "programme_coordinator", "country": None}
    await an_office(await house.as_service("demo"), office)
    told(await left.ben.clusters.delete(f"/v1/memberships/{left.memberships['mentee']}"))
    assert (await told_of(left, "school_left")).keys() == {"anna", "hana"}
