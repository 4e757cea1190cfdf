"""Leaving a school, and being released: those whom it concerns hear of it, and nobody else."""

import pytest

from tests.clusters.doors.test_closing import notices_of
from tests.people import a_cluster, an_official, told


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
    assert found["ben"] == [{"by": "Cara Sykes", "school": found["ben"][0]["school"]}]
    assert await told_of(left, "staff_ended") == {}


async def test_who_is_taken_out_hears_it_and_nobody_else(left):
    told(await left.hana.clusters.delete(f"/v1/staff/{left.staff['dan']}"))
    found = await told_of(left, "staff_ended")
    assert found.keys() == {"dan"}
    assert found["dan"][0]["by"] == "Hana Velká"
    assert await told_of(left, "colleague_left") == {}


async def test_a_leader_who_leaves_tells_the_others(left):
    told(await left.hana.clusters.delete(f"/v1/staff/{left.staff['hana']}"))
    assert (await told_of(left, "colleague_left")).keys() == {"ben"}


async def test_who_leads_a_released_school_hears_it(house, left):
    olga = await an_official(house, "programme_coordinator")
    told(await olga.clusters.delete(f"/v1/memberships/{left.memberships['mentee']}"))
    found = await told_of(left, "school_released")
    assert found.keys() == {"ben", "hana"}
    assert found["ben"][0]["by"] == "Olga"
    assert await notices_of(olga, "school_released") == []
