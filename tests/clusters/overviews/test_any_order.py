"""Whatever happens in whatever order: the sums are what a plain count over everything says."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from kit.clock import real_now
from services.events.events.formats import SECTIONS, Format
from tests.clusters.overviews.looking import LAST, NO_SCHOOL, in_month, over
from tests.diaries.writing import comment, publish, reply, start
from tests.events.making import announce, show
from tests.events.test_attendance import mark
from tests.events.test_changes import as_it_is, change
from tests.people import a_cluster, told

ZONES = ("Europe/Prague", "Pacific/Auckland", "America/Los_Angeles", "UTC")
STEPS = 70
# What was published before stays where it was.
PUBLISHED = """
update publication set published_at = $2
where entry_id = $1 and retracted_at is null and published_at > now() - interval '1 hour'
"""


class Life:
    """What people of some clusters do at random; what they may not just then, they do not."""

    def __init__(self, house, clusters, seed):
        self.house, self.clusters, self.dice = house, clusters, Random(seed)
        self.events, self.entries = [], []

    def moment(self):
        """At the edge of a month of last year more often than in its middle."""
        day = self.dice.choice([1, 1, 15, 28])
        return in_month(
            self.dice.choice([9, 10, 11, 12, 1]), day, self.dice.randrange(24), zone=self.dice.choice(ZONES)
        )

    def somebody(self, cluster):
        return self.dice.choice([*cluster.everybody.values()])

    async def announce(self):
        cluster, zone = self.dice.choice(self.clusters), self.dice.choice(ZONES)
        sites = [{"name": "Here", "school_id": self.dice.choice([cluster.mentor, cluster.mentee])}]
        when = over(self.moment(), zone=zone) if self.dice.random() < 0.5 else self.ahead() | {"zone": zone}
        by = cluster.anna if cluster is self.clusters[0] else self.somebody(cluster)
        self.events.append((cluster, await announce(by, cluster, sites=sites, **when)))

    def ahead(self):
        begins = real_now() + timedelta(hours=self.dice.randrange(24 * 150) + 1)
        return {"starts_at": begins.isoformat(), "ends_at": (begins + timedelta(hours=1)).isoformat()}

    async def move(self):
        cluster, event = self.dice.choice(self.events)
        event = await show(cluster.anna, event["id"])
        when = self.ahead() if self.dice.random() < 0.7 else {}
        await change(cluster.anna, event, as_it_is(event, sites=[], zone=self.dice.choice(ZONES), **when))

    async def describe(self):
        cluster, event = self.dice.choice(self.events)
        words = {"title": event["title"], "format": self.dice.choice([*Format])}
        path = f"/v1/events/{event['id']}/description"
        await cluster.anna.events.put(path, json=words, headers={"if-match": "*"})

    async def cancel(self):
        cluster, event = self.dice.choice(self.events)
        await cluster.anna.events.post(f"/v1/events/{event['id']}/cancellation", json={})

    async def mark(self):
        cluster, event = self.dice.choice(self.events)
        people = [one for one in cluster.everybody.values() if self.dice.random() < 0.4]
        await mark(cluster.anna, event, *people)

    async def publish(self):
        if not self.entries or self.dice.random() < 0.6:
            cluster = self.dice.choice(self.clusters)
            writer = self.somebody(cluster)
            self.entries.append((cluster, writer, await start(writer, cluster)))
        cluster, writer, entry = self.dice.choice(self.entries)
        if (await publish(writer, entry)).status_code == 200:
            await self.house.rows("diaries", PUBLISHED, entry, self.moment())

    async def retract(self):
        _, writer, entry = self.dice.choice(self.entries)
        await writer.diaries.delete(f"/v1/entries/{entry}/publication")

    async def remove(self):
        _, writer, entry = self.dice.choice(self.entries)
        await writer.diaries.delete(f"/v1/entries/{entry}", headers={"if-match": "*"})

    async def comment(self):
        cluster, _, entry = self.dice.choice(self.entries)
        answer = await comment(self.somebody(cluster), entry, self.dice.choice(["question", "takeaway", "suggestion"]))
        if answer.status_code == 201:
            posted = [told(answer, 201)["id"]]
            if self.dice.random() < 0.4:
                posted.append(told(await reply(self.somebody(cluster), entry, posted[0]), 201)["id"])
            for each in posted:
                await self.house.rows("diaries", "update comment set posted_at = $2 where id = $1", each, self.moment())

    async def take_back(self):
        said = await self.house.rows(
            "diaries",
            "select id, entry_id, author_id from comment where entry_id = any($1::uuid[]) order by posted_at, id",
            [entry for _, _, entry in self.entries],
        )
        if said:
            one = self.dice.choice(said)
            people = {each.id: each for cluster in self.clusters for each in cluster.everybody.values()}
            path = f"/v1/entries/{one['entry_id']}/comments/{one['id']}"
            await people[one["author_id"]].diaries.delete(path, headers={"if-match": "*"})

    async def go_on(self, steps):
        can = [
            self.announce,
            self.move,
            self.describe,
            self.cancel,
            self.mark,
            self.mark,
            self.publish,
            self.publish,
            self.retract,
        ]
        can += [self.remove, self.comment, self.comment, self.take_back]
        await self.announce()
        await self.publish()
        for _ in range(steps):
            await self.dice.choice(can)()
            if self.dice.random() < 0.1:
                await self.house.catch_up()
        await self.house.catch_up()


class Count:
    """A plain count, one by one."""

    def __init__(self):
        self.sums, self.people, self.last = Counter(), defaultdict(set), {}

    def add(self, cluster, day, kind, school=NO_SCHOOL, person=None, month=None):
        key = cluster, month or day.replace(day=1), kind, school or NO_SCHOOL
        self.last[key] = max(day, self.last.get(key, day))
        if person is None:
            self.sums[key] += 1
        else:
            self.people[key].add(person)
            self.sums[key] = len(self.people[key])


async def counted(house, clusters):
    count = Count()
    events = await house.rows("events", "select * from event where cluster_id = any($1::uuid[])", clusters)
    cancelled = {row["event_id"] for row in await house.rows("events", "select event_id from cancellation")}
    sites = await house.rows("events", "select * from site where given_up_at is null")
    came = await house.rows("events", "select * from attendance where undone_at is null")
    for event in events:
        if event["id"] in cancelled:
            continue
        cluster, day = event["cluster_id"], event["starts_at"].astimezone(ZoneInfo(event["zone"])).date()
        count.add(cluster, day, "meetings")
        for section in SECTIONS[event["format"]]:
            count.add(cluster, day, f"meetings_{section}")
        count.add(cluster, day, "organised", event["organiser_school_id"])
        for school in {site["school_id"] for site in sites if site["event_id"] == event["id"]}:
            count.add(cluster, day, "hosted", school)
        here = [(row["school_id"], row["person_id"]) for row in came if row["event_id"] == event["id"]]
        for school in {school for school, _ in here}:
            count.add(cluster, day, "joined", school)
        year = date(day.year if day.month >= 9 else day.year - 1, 9, 1)
        for school, person in here:
            count.add(cluster, day, "came", school)
            count.add(cluster, day, "people", school, person)
            count.add(cluster, day, "reached", school, person, year)
    entries = {row["id"]: row for row in await house.rows("diaries", "select * from entry")}
    live = await house.rows(
        "diaries", "select * from publication where retracted_at is null and cluster_id = any($1::uuid[])", clusters
    )
    taken_back = {row["comment_id"] for row in await house.rows("diaries", "select comment_id from comment_removal")}
    comments = await house.rows("diaries", "select * from comment")
    for row in live:
        cluster = row["cluster_id"]
        count.add(cluster, row["published_at"].date(), "entries", entries[row["entry_id"]]["school_id"])
        for said in comments:
            if said["entry_id"] == row["entry_id"] and said["id"] not in taken_back:
                kind = "takeaways" if said["kind"] == "takeaway" else "comments"
                count.add(cluster, said["posted_at"].date(), kind, said["school_id"])
    return count


async def kept(house, statement, of):
    return {tuple(row)[:-1]: row["count"] for row in await house.rows("clusters", statement, of)}


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.proof) for seed in (2, 3))])
async def test_the_sums_are_what_a_plain_count_says(house, country, seed):
    clusters = [await a_cluster(house, approach, country) for approach in ("top_down", "bottom_up")]
    await Life(house, clusters, seed).go_on(STEPS)
    ids = [cluster.id for cluster in clusters]
    count = await counted(house, ids)
    where = "count > 0 and cluster_id = any($1::uuid[])"
    sums = f"select cluster_id, month, kind, school_id, count from activity where {where}"
    assert await kept(house, sums, ids) == count.sums
    of_clusters, of_country = Counter(), Counter()
    for (cluster, month, kind, _), number in count.sums.items():
        of_clusters[cluster, month, kind] += number
        of_country[month, kind] += number
    sums = f"select cluster_id, month, kind, count from cluster_activity where {where}"
    assert await kept(house, sums, ids) == of_clusters
    sums = "select month, kind, count from country_activity where count > 0 and country = $1"
    assert await kept(house, sums, country) == of_country
    await check_last_days(house, ids, count)
    assert LAST in {month.year for _, month, _, _ in count.sums}


async def check_last_days(house, ids, count):
    """When something last happened, or soon will, in a school and in the cluster."""
    today = real_now().date().replace(day=1)
    until = (today + timedelta(days=31)).replace(day=1)
    last = {}
    for (cluster, month, kind, school), day in count.last.items():
        if month <= until and (school != NO_SCHOOL or kind == "meetings"):
            for whose in (school, NO_SCHOOL):
                last[cluster, whose] = max(day, last.get((cluster, whose), day))
    rows = await house.rows(
        "clusters", "select * from latest_activity where last_on is not null and cluster_id = any($1::uuid[])", ids
    )
    assert {(row["cluster_id"], row["school_id"]): row["last_on"] for row in rows} == last
