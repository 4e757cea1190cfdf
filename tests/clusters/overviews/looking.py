"""Overviews as tests read them, and sums as the other services tell them."""

from datetime import UTC, date, datetime
from itertools import product
from string import ascii_uppercase
from uuid import UUID
from zoneinfo import ZoneInfo

from kit.clock import real_now
from kit.dates import school_year_of
from tests.people import told

YEAR = school_year_of(real_now().date())
LAST = YEAR - 1  # all of it is over
NO_SCHOOL = UUID(int=0)
# Each test that adds up a country has one of its own: nobody else's clusters are there.
COUNTRIES = map("".join, product("QXOYUW", ascii_uppercase))
# Without those by section of the year report, which follow from the formats.
SUMS = """
select month, kind, school_id, count from activity
where cluster_id = $1 and count > 0 and kind not like 'meetings\\_%'
"""


def in_month(month, day=15, hour=12, minute=0, zone="Europe/Prague", year=LAST):
    """A moment of a school year, last year's if no other is said, as the clocks of a zone have it."""
    return datetime(year if month >= 9 else year + 1, month, day, hour, minute, tzinfo=ZoneInfo(zone))


def month_of(at, zone="UTC"):
    return f"{at.astimezone(ZoneInfo(zone)):%Y-%m}"


def over(begins, hours=1, zone="Europe/Prague"):
    """The terms of a meeting that is over."""
    ends = datetime.fromtimestamp(begins.timestamp() + hours * 3600, tz=UTC)
    return {"starts_at": begins.isoformat(), "ends_at": ends.isoformat(), "zone": zone, "past": True}


async def sums(house, cluster, service="clusters"):
    """{(month, kind, whose): count} of a cluster, as a service has it; of no school: ''."""
    whose = {str(NO_SCHOOL): "", cluster.mentor: "mentor", cluster.mentee: "mentee"}
    rows = await house.rows(service, SUMS, cluster.id)
    return {
        (f"{row['month']:%Y-%m}", row["kind"], whose.get(str(row["school_id"]), str(row["school_id"]))): row["count"]
        for row in rows
    }


async def of_month(house, cluster, month, service="clusters"):
    """{(kind, whose): count} of one month, once all that happened is counted and told."""
    await house.catch_up()
    found = await sums(house, cluster, service)
    return {(kind, whose): count for (when, kind, whose), count in found.items() if when == month}


def a_sum(cluster, kind, count, month=None, school_id=NO_SCHOOL, last_on=None, counted_at=None):
    """As a service tells it; of this month if no other is said."""
    month = month or real_now().date().replace(day=1)
    return {
        "cluster_id": str(cluster.id),
        "month": str(month),
        "kind": kind,
        "school_id": str(school_id),
        "count": count,
        "last_on": str(last_on or month),
        "counted_at": (counted_at or real_now()).isoformat(),
    }


async def tell(asker, *several, source="events", **more):
    return await asker.clusters.post("/v1/activity", json={"source": source, "sums": list(several)} | more)


async def all_told(house):
    """As if all that ever happened were counted and told: else nobody is called quiet."""
    for source in ("events", "diaries"):
        told(await tell(await house.as_service(source), source=source, complete=True), 204)


async def happened(house, cluster, day, school_id=None, kind="came", count=1):
    """Something did, on this day, in the cluster and (where one is named) in a school."""
    events = await house.as_service("events")
    several = [a_sum(cluster, "meetings", count, day.replace(day=1), last_on=day)]
    if school_id:
        several.append(a_sum(cluster, kind, count, day.replace(day=1), school_id, day))
    told(await tell(events, *several), 204)


async def overview_of(asker, cluster, **asked):
    """The overview of a cluster, and its schools by their ids."""
    found = told(await asker.clusters.get(f"/v1/clusters/{cluster.id}/overview", params=asked))
    return found, {school["school_id"]: school for school in found["schools"]}


async def overview(asker, **asked):
    return told(await asker.clusters.get("/v1/overview", params=asked))


async def rows(asker, **asked):
    """The clusters of an office in the order of the list, page by page."""
    found, after = [], {}
    while after is not None:
        page = told(await asker.clusters.get("/v1/overview/clusters", params=asked | after))
        found += page["items"]
        after = {"after": page["next"]} if page["next"] else None
    return found


async def row_of(asker, cluster, **asked):
    (row,) = [row for row in await rows(asker, **asked) if row["cluster_id"] == cluster.id]
    return row


async def formed(house, cluster, day):
    """As if the cluster had been formed, and its schools had come, on this day."""
    at = datetime(day.year, day.month, day.day, 10, tzinfo=UTC)
    await house.rows("clusters", "update cluster set formed_at = $2 where id = $1", cluster.id, at)
    await house.rows("clusters", "update membership set begun_at = $2 where cluster_id = $1", cluster.id, at)


async def support(asker, country, light_touch_from=None, on_request_from=None, version=0):
    """Chosen as its national coordinator would: guided all the year if nothing is said."""
    said = {"light_touch_from": light_touch_from, "on_request_from": on_request_from}
    headers = {} if version is None else {"if-match": f'"{version}"'}
    return await asker.clusters.put(f"/v1/countries/{country}/support", json=said, headers=headers)


def first_of(day: date) -> date:
    return day.replace(day=1)
