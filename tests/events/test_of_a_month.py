"""The events of a month: those that begin in it where they are, past or not."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tests.events.making import announce
from tests.people import a_cluster, refusal, told, wrong_fields

MONTH = "2025-10"


async def in_zone(cluster, written, zone="Europe/Prague"):
    begins = datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    times = {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}
    return (await announce(cluster.anna, cluster, 5, **times, zone=zone, past=True))["id"]


async def of_month(asker, cluster=None, month=MONTH, **asked):
    found, after = [], {}
    asked |= {"month": month} | ({"cluster_id": cluster.id} if cluster else {})
    while after is not None:
        page = told(await asker.events.get("/v1/events", params=asked | after))
        found += [item["id"] for item in page["items"]]
        after = {"after": page["next"]} if page["next"] else None
    return found


async def test_it_has_what_begins_in_it_by_the_clocks_of_the_place(cluster):
    first = await in_zone(cluster, "2025-10-01T00:00", "Pacific/Kiritimati")
    last = await in_zone(cluster, "2025-10-31T23:59", "Pacific/Pago_Pago")
    middle = await in_zone(cluster, "2025-10-15T12:00")
    for written, zone in (("2025-09-30T23:59", "Pacific/Pago_Pago"), ("2025-11-01T00:00", "Pacific/Kiritimati")):
        await in_zone(cluster, written, zone)
    assert await of_month(cluster.cara, cluster) == [first, middle, last]
    assert await of_month(cluster.cara, cluster, limit=1) == [first, middle, last]
    assert await of_month(cluster.cara, cluster, "2025-12") == []


async def test_what_is_ahead_and_what_was_cancelled_is_of_its_month_too(cluster):
    begins = datetime.now(UTC) + timedelta(days=40)
    event = await announce(cluster.anna, cluster, 5, days=40, zone="UTC")
    told(await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={}), 201)
    other = await announce(cluster.anna, cluster, 5, days=40, zone="UTC")
    assert {*await of_month(cluster.cara, cluster, f"{begins:%Y-%m}")} == {event["id"], other["id"]}


async def test_it_has_the_clusters_in_sight_and_no_others(house, cluster):
    other = await a_cluster(house)
    mine, theirs = await in_zone(cluster, "2025-10-02T10:00"), await in_zone(other, "2025-10-02T10:00")
    assert (await of_month(cluster.cara), await of_month(other.cara)) == ([mine], [theirs])
    answer = await cluster.cara.events.get("/v1/events", params={"month": MONTH, "cluster_id": other.id})
    assert refusal(answer) == (404, "not-found")


async def test_a_month_is_written_as_the_calendar_writes_it(cluster):
    for month in ("2025", "2025-13", "2025-1", "0000-10", "2025-10-01", "10-2025", "٢٠٢٥-10", ""):
        assert len(wrong_fields(await cluster.cara.events.get("/v1/events", params={"month": month}))) == 1, month


async def test_months_long_ago_and_far_ahead_are_empty(cluster):
    for month in ("1000-01", "2999-12"):
        assert await of_month(cluster.cara, cluster, month) == []
        told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}/overview", params={"month": month}))
