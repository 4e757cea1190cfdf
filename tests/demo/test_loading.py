"""The year as it lies in the databases: loaded once, however often it is loaded and wherever it was interrupted."""

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from demo import load
from demo.asking import Settings, Voices
from demo.calendar import school_year_of
from demo.planning import plan_year
from demo.reading import read_year
from kit.client import Form
from kit.media import Media
from services.clusters.post.digests.jobs import send
from tests.databases import cloned_databases
from tests.house import SECRETS, URLS, open_house
from tests.people import told
from tests.pictures import a_picture

YEAR, PRAGUE = read_year(), ZoneInfo("Europe/Prague")
JUST_NOW = [
    reply.text
    for cluster in YEAR.clusters
    for entry in cluster.entries
    for comment in entry.comments
    for reply in comment.replies
    if reply.just_now
]
DAYS = [date(2026, 9, 1), date(2026, 7, 15)]
TABLES = {
    "clusters": ("person", "school", "cluster", "membership", "staff", "office", "invitation"),
    "events": ("event", "site", "registration", "placement", "wait", "attendance"),
    "diaries": ("entry", "picture", "publication", "comment", "resolution"),
}


@asynccontextmanager
async def workers(house):
    """Facts are placed and heard in this block, as workers do."""

    async def hear():
        while True:
            await house.hear()
            await asyncio.sleep(0.2)

    hearing = asyncio.create_task(hear())
    try:
        yield
    finally:
        hearing.cancel()
        with suppress(asyncio.CancelledError):
            await hearing


def voices_in(house):
    return Voices(house.http, Settings(demo_secret=SECRETS["demo"], **URLS))


async def counted(house):
    """How many rows each table has."""
    return {
        table: (await house.rows(service, f"select count(*) from {table}"))[0]["count"]
        for service, tables in TABLES.items()
        for table in tables
    }


@pytest.fixture(scope="module")
def own_urls():
    with cloned_databases("demo") as urls:
        yield urls


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(own_urls, tmp_path_factory):
    """A house of its own, whose load was interrupted twice before it came to its end; and what its end said."""
    async with open_house(own_urls, tmp_path_factory.mktemp("media").as_uri()) as house, workers(house):
        for seconds in (1.5, 4):
            with suppress(TimeoutError):
                await asyncio.wait_for(load.load_year(voices_in(house), YEAR), seconds)
        lines = await load.load_year(voices_in(house), YEAR)
        yield house, lines


@pytest.fixture
def house(loaded):
    return loaded[0]


@pytest.fixture
async def today(house):
    (setup,) = await house.rows("clusters", "select began_at from house_setup")
    return setup["began_at"].astimezone(PRAGUE).date()


async def test_every_act_of_the_plan_left_one_row_however_often_it_was_begun(house, today):
    plan = plan_year(YEAR, today)
    rows = await counted(house)

    def acts(kind, depth):
        return sum(key.split("/")[1] == kind and key.count("/") == depth for key in plan.moments)

    assert rows["event"] == acts("event", 2) > 30
    assert rows["registration"] == acts("registration", 3) > 300
    assert rows["entry"] == acts("entry", 2) > 20
    assert rows["comment"] == acts("comment", 3) + acts("comment", 5) + len(JUST_NOW)
    assert rows["publication"] == sum(key.endswith("/publication") for key in plan.moments)
    mistyped = sum(len(cluster.mistyped) for cluster in YEAR.clusters)
    assert rows["invitation"] == acts("invitation", 2) + len(YEAR.offices) + mistyped
    versions = await house.rows("diaries", "select distinct version from entry")
    assert {row["version"] for row in versions} <= {1, 2}


async def test_loading_it_again_changes_nothing(loaded):
    house, lines = loaded
    before = await counted(house)
    assert await load.load_year(voices_in(house), YEAR) == lines
    assert await counted(house) == before
    assert "eva.novakova@louny.example" in "\n".join(lines)


async def test_rows_say_when_it_happened_and_no_two_acts_share_a_minute(house, today):
    moments = [
        (service, row["at"])
        for service, statement in {
            "events": "select asked_at as at from registration union all select announced_at from event",
            "diaries": "select started_at as at from entry union all select published_at from publication"
            " union all select posted_at from comment where text <> all($1) union all select at from resolution",
            "clusters": "select answered_at as at from invitation where answered_at is not null"
            " union all select formed_at from cluster",
        }.items()
        for row in await house.rows(service, statement, *([JUST_NOW] if "$1" in statement else []))
    ]
    assert len({at.replace(second=0, microsecond=0) for _, at in moments}) == len(moments)
    assert max(at for _, at in moments).astimezone(PRAGUE).date() < today
    assert min(at for _, at in moments).date() < date(school_year_of(today) - 1, 9, 1)


async def test_lists_by_id_are_lists_by_time(house):
    for table, column in (("comment", "posted_at"), ("entry", "started_at"), ("publication", "published_at")):
        rows = await house.rows("diaries", f"select {column} as at from {table} order by id")
        assert [row["at"] for row in rows] == sorted(row["at"] for row in rows)


# The opening, who is asked just now, and the codes that hang on walls.
OF_TODAY = {"house.opened", "school_invitation.sent", "person.registered", "invitation.sent", "school_code.made"} | {
    "comment.posted",
    "help.asked",
    "notice.told",
    "plan.changed",
    "plan.handed_in",
}


async def test_facts_of_the_load_say_who_said_so(house):
    (client,) = await house.rows("clusters", "select id from client where service = 'demo'")
    for service in TABLES:
        (said,) = await house.rows(service, "select count(*) from fact where said_by = $1", client["id"])
        silent = await house.rows(service, "select kind from fact where recorded_at is null")
        assert said["count"] > 100
        assert {row["kind"] for row in silent} <= OF_TODAY


async def test_the_house_is_open_afterwards(house):
    (client,) = await house.rows("clusters", "select scopes from client where service = 'demo'")
    assert "say_when" not in client["scopes"]
    demo = await house.as_service("demo")
    answer = await demo.clusters.get("/v1/clusters", headers={"happened-at": "2025-03-04T15:20:00Z"})
    assert answer.status_code == 403


async def test_a_mailbox_holds_a_handful_of_recent_letters(house):
    for service in ("events", "diaries", "clusters"):
        await house.run_jobs(service)
    mails = told(await house.guest.clusters.get("/v1/mailbox", params={"limit": 100}))["items"]
    assert len(mails) < 100
    assert all(datetime.now(UTC) - datetime.fromisoformat(mail["at"]) < timedelta(days=4) for mail in mails)
    unseen = await house.rows("clusters", "select told_at from notice where seen_at is null")
    assert all(datetime.now(UTC) - row["told_at"] < timedelta(days=4) for row in unseen)


@pytest.fixture
def empty_urls():
    with cloned_databases("empty") as urls:
        yield urls


@pytest.mark.proof
@pytest.mark.parametrize("today", DAYS)
async def test_it_loads_on_any_day(empty_urls, tmp_path, today):
    async with open_house(empty_urls, tmp_path.as_uri()) as house, workers(house):
        assert await load.load_year(voices_in(house), YEAR, today)
        rows = await counted(house)
        plan = plan_year(YEAR, today)
        assert rows["event"] == sum(len(cluster.events) for cluster in plan.clusters)
        assert rows["attendance"] == sum(len(event.came) for cluster in plan.clusters for event in cluster.events)


async def test_what_is_under_way_is_asked_again_until_it_is_done(house, monkeypatch):
    (row,) = await house.rows(
        "diaries",
        "select entry.id, author_id from entry join cluster on cluster.id = cluster_id where closed_at is null limit 1",
    )
    author, go_on, put = voices_in(house).of(str(row["author_id"])), asyncio.Event(), Media.put

    async def slow(self, key, content):
        await go_on.wait()
        await put(self, key, content)

    monkeypatch.setattr(Media, "put", slow)
    form = Form({"description": "A board"}, {"file": ("board.png", a_picture(), "image/png")})
    sending = [
        asyncio.create_task(author.send("diaries", f"/v1/entries/{row['id']}/pictures", form, key="twice"))
        for _ in range(2)
    ]
    done, _ = await asyncio.wait(sending, timeout=1)
    go_on.set()
    first, second = await asyncio.gather(*sending)
    assert not done
    assert first == second


async def test_an_open_house_without_the_year_stays_without_it(empty_urls, tmp_path):
    async with open_house(empty_urls, tmp_path.as_uri()) as house:
        told(await (await house.as_service("demo")).clusters.post("/v1/house/opening"))
        assert await load.load_year(voices_in(house), YEAR) == [load.STAYS_OUT]
        assert (await counted(house))["person"] == 0


async def test_a_cluster_whose_year_is_over_is_closed_with_a_last_word_and_can_be_read(house):
    (closed,) = await house.rows("clusters", "select name, closed_at from cluster where closed_at is not null")
    assert closed["name"] == "Vác cluster"
    (entry,) = await house.rows(
        "diaries",
        "select title from entry join cluster on cluster.id = entry.cluster_id where cluster.closed_at is not null",
    )
    assert entry["title"] == "Aki eddig hallgatott"


async def test_who_hears_of_everything_once_a_day_hears_of_nothing_at_once(house):
    chosen = await house.rows(
        "clusters", "select distinct name, way from preference join person on person.id = person_id order by 1, 2"
    )
    assert [tuple(row) for row in chosen] == [("Lenka Horáková", "digest")]


async def test_the_mailbox_has_a_digest_at_the_next_full_hour_whatever_day_it_is(house):
    for service in ("events", "diaries", "clusters"):
        await house.run_jobs(service)
    (due,) = await house.rows("clusters", "select person_id, due_at from digest_due")
    assert due["due_at"] - datetime.now(UTC) <= timedelta(hours=1)
    await house.rows("clusters", "update digest_due set due_at = now()")
    await send(house.context("clusters"), str(due["person_id"]))
    await house.run_jobs("clusters")
    lying = "select text from mailbox_mail join address using (mail) where person_id = $1 order by mailbox_mail.id desc"
    digest, *_ = await house.rows("clusters", lying, due["person_id"])
    assert "Claire Whitfield" in digest["text"]
