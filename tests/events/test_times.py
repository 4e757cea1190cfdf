"""Wall clocks of a zone, on days when they jump."""

from tests.events.making import announce, show, terms
from tests.people import told, wrong_fields


async def asked(cluster, starts_at, ends_at, zone="Europe/Prague"):
    new = {"cluster_id": cluster.id, "title": "T", "format": "meeting"}
    new |= terms(5) | {"starts_at": starts_at, "ends_at": ends_at, "zone": zone}
    return await cluster.anna.events.post("/v1/events", json=new)


async def test_a_time_that_the_clocks_jump_over_is_refused(cluster):
    skipped = await asked(cluster, "2030-03-31T02:30", "2030-03-31T04:00")
    assert wrong_fields(skipped) == {"/starts_at": "time_skipped"}
    assert skipped.json()["errors"][0]["params"] == {"zone": "Europe/Prague"}
    skipped = await asked(cluster, "2030-03-31T01:30", "2030-03-31T02:30")
    assert wrong_fields(skipped) == {"/ends_at": "time_skipped"}


async def test_of_a_time_that_the_clocks_show_twice_the_first_is_meant(cluster):
    event = await show(cluster.anna, told(await asked(cluster, "2030-10-27T02:30", "2030-10-27T04:00"), 201)["id"])
    assert (event["starts_at"], event["ends_at"]) == ("2030-10-27T00:30:00Z", "2030-10-27T03:00:00Z")


async def test_a_time_with_its_offset_is_taken_as_it_is(cluster):
    event = await show(
        cluster.anna,
        told(await asked(cluster, "2030-10-27T02:30:00+01:00", "2030-10-27T03:00:00Z"), 201)["id"],
    )
    assert event["starts_at"] == "2030-10-27T01:30:00Z"


async def test_half_an_hour_across_the_change_is_half_an_hour(cluster):
    event = await show(cluster.anna, told(await asked(cluster, "2030-03-31T01:45", "2030-03-31T03:15"), 201)["id"])
    assert (event["starts_at"], event["ends_at"]) == ("2030-03-31T00:45:00Z", "2030-03-31T01:15:00Z")


async def test_times_far_from_ours_are_refused(cluster):
    for year in ("0001-01-01T00:00", "9999-12-31T23:59"):
        assert "/starts_at" in wrong_fields(await asked(cluster, year, "2030-01-01T10:00"))


async def test_the_zone_of_an_event_is_kept_as_it_was_said(cluster):
    event = await announce(cluster.anna, cluster, 5, zone="Asia/Amman")
    assert event["zone"] == "Asia/Amman"
