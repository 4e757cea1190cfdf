"""What somebody wants to hear of, and how: at once, in a digest at their hour, in the app alone, without content."""

import email
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

import pytest
from aiosmtpd.controller import Controller
from hypothesis import given
from hypothesis import strategies as st

from kit.worker import sweep
from services.clusters.post.digests.jobs import jobs as digest_jobs
from services.clusters.post.digests.jobs import send
from services.clusters.post.kinds.kinds import KINDS
from services.clusters.post.preferences.models import Every
from services.clusters.post.preferences.times import next_digest
from tests.clusters.doors.test_sign_in import link_for
from tests.clusters.post.test_notices import Inbox, mails, notices, tell
from tests.people import refusal, told, wrong_fields
from tests.ports import free_ports

TERMS = {"every": "day", "weekday": 0, "hour": 7, "without_content": False}


async def choose(asker, *, ways=None, **terms):
    return await asker.clusters.put("/v1/me/preferences", json=TERMS | terms | {"ways": ways or {}})


async def chosen(asker, kind):
    kinds = told(await asker.clusters.get("/v1/me/preferences"))["kinds"]
    return next(one["way"] for one in kinds if one["kind"] == kind)


async def digests(house, person):
    await house.run_jobs("clusters")
    digest = """select text, subject from mailbox_mail lying join address using (mail)
      where person_id = $1 order by lying.id"""
    return [row for row in await house.rows("clusters", digest, person.id) if "not seen yet" in row["text"]]


async def an_hour_comes(house, person):
    """The moment of the digest is now; it is done twice, as jobs may be."""
    await house.rows("clusters", "update digest_due set due_at = now() where person_id = $1", person.id)
    for _ in range(2):
        await send(house.context("clusters"), str(person.id))


async def test_everything_comes_by_mail_at_once_until_somebody_chooses(house, cluster):
    shown = told(await cluster.cara.clusters.get("/v1/me/preferences"))
    assert {one["way"] for one in shown["kinds"]} == {"at_once"}
    assert {one["kind"] for one in shown["kinds"]} == {name for name, kind in KINDS.items() if kind.ways}
    assert not {"sign_in_link", "way_in_changed"} & {one["kind"] for one in shown["kinds"]}
    assert {name: shown[name] for name in TERMS} == TERMS
    told(await tell(house, cluster.cara), 202)
    assert len(await mails(house, cluster.cara)) == 1


async def test_what_is_wanted_in_the_app_alone_stands_there_and_is_not_mailed(house, cluster):
    told(await choose(cluster.cara, ways={"comment_posted": "app"}))
    told(await tell(house, cluster.cara, cluster.dan), 202)
    assert (len(await notices(cluster.cara)), len(await mails(house, cluster.cara))) == (1, 0)
    assert len(await mails(house, cluster.dan)) == 1
    told(await choose(cluster.cara, ways={"comment_posted": "at_once"}))
    told(await tell(house, cluster.cara), 202)
    assert len(await mails(house, cluster.cara)) == 1


async def test_a_digest_says_once_what_was_not_seen(house, cluster):
    told(await choose(cluster.cara, ways={"comment_posted": "digest"}))
    for number in range(3):
        told(await tell(house, cluster.cara, path=f"/entries/{number}", thread=f"thread {number}"), 202)
    told(await tell(house, cluster.cara, path="/entries/2", thread="thread 2"), 202)
    assert await mails(house, cluster.cara) == []
    told(await cluster.cara.clusters.post("/v1/notices/seen", json={"path": "/entries/1"}), 204)
    assert await digests(house, cluster.cara) == []
    await an_hour_comes(house, cluster.cara)
    (digest,) = await digests(house, cluster.cara)
    assert digest["subject"] == "2 pieces of news in Staffroom"
    assert [f"/entries/{number}" in digest["text"] for number in range(3)] == [True, False, True]
    assert "Ben" in digest["text"]
    await an_hour_comes(house, cluster.cara)
    assert len(await digests(house, cluster.cara)) == 1


async def test_what_reads_alike_is_one_line_of_a_digest(house, cluster):
    told(await choose(cluster.cara, ways={"comment_posted": "digest"}))
    for number in range(2):
        told(await tell(house, cluster.cara, path="/entries/7", thread=f"thread {number}"), 202)
    await an_hour_comes(house, cluster.cara)
    (digest,) = await digests(house, cluster.cara)
    assert (digest["subject"], digest["text"].count("/entries/7")) == ("1 piece of news in Staffroom", 1)


async def test_a_digest_whose_job_was_lost_or_came_early_goes_out_all_the_same(house, cluster):
    told(await choose(cluster.cara, ways={"comment_posted": "digest"}))
    told(await tell(house, cluster.cara), 202)
    await house.rows("clusters", "delete from pgqueuer where entrypoint = 'digest.send'")
    soon = "update digest_due set due_at = now() + interval '20 seconds' where person_id = $1"
    await house.rows("clusters", soon, cluster.cara.id)
    await send(house.context("clusters"), str(cluster.cara.id))
    assert len(await digests(house, cluster.cara)) == 1
    told(await tell(house, cluster.cara), 202)
    await house.rows("clusters", "delete from pgqueuer where entrypoint = 'digest.send'")
    late = "update digest_due set due_at = now() - interval '1 hour' where person_id = $1"
    await house.rows("clusters", late, cluster.cara.id)
    await sweep(digest_jobs, house.context("clusters"))
    assert len(await digests(house, cluster.cara)) == 2


@pytest.mark.parametrize("way", ["at_once", "app"])
async def test_what_is_wanted_in_no_digest_any_more_is_in_none(house, cluster, way):
    told(await choose(cluster.cara, ways={"comment_posted": "digest"}))
    told(await tell(house, cluster.cara), 202)
    told(await choose(cluster.cara, ways={"comment_posted": way}))
    await an_hour_comes(house, cluster.cara)
    assert await digests(house, cluster.cara) == []


async def test_ones_own_act_comes_with_its_calendar_though_news_comes_in_a_digest(house, cluster):
    told(await choose(cluster.cara, ways={"comment_posted": "digest"}))
    told(await tell(house, cluster.cara, in_app=False), 202)
    assert (len(await notices(cluster.cara)), len(await mails(house, cluster.cara))) == (0, 1)


async def test_nothing_new_no_mail(house, cluster):
    told(await choose(cluster.cara, ways={"comment_posted": "digest"}))
    told(await tell(house, cluster.cara), 202)
    told(await cluster.cara.clusters.post("/v1/notices/seen", json={}), 204)
    await an_hour_comes(house, cluster.cara)
    assert await digests(house, cluster.cara) == []


async def test_a_digest_waits_for_its_hour_and_for_a_new_one(house, cluster):
    due = "select due_at from digest_due where person_id = $1"
    told(await choose(cluster.cara, ways={"comment_posted": "digest"}, every="week", weekday=3, hour=6))
    told(await tell(house, cluster.cara), 202)
    ((first,),) = await house.rows("clusters", due, cluster.cara.id)
    await send(house.context("clusters"), str(cluster.cara.id))
    assert await digests(house, cluster.cara) == []
    told(await choose(cluster.cara, hour=(first.hour + 5) % 24))
    ((second,),) = await house.rows("clusters", due, cluster.cara.id)
    assert second != first
    assert second <= datetime.now(UTC) + timedelta(days=1, hours=1)
    waiting = "select execute_after from pgqueuer where entrypoint = 'digest.send' and payload like $1"
    waits = await house.rows("clusters", waiting, f"%{cluster.cara.id}%".encode())
    assert any(abs(row["execute_after"] - second) < timedelta(seconds=5) for row in waits)
    profile = {"name": "Cara", "language": "en", "zone": "Asia/Amman"}
    told(await cluster.cara.clusters.put("/v1/me", json=profile))
    ((third,),) = await house.rows("clusters", due, cluster.cara.id)
    assert (third.astimezone(ZoneInfo("Asia/Amman")).hour, third) != (second.hour, second)
    assert third.astimezone(ZoneInfo("Asia/Amman")).hour == second.astimezone(ZoneInfo("Europe/Prague")).hour


@given(
    at=st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2032, 1, 1), timezones=st.just(UTC)),
    zone=st.sampled_from(sorted(zone for zone in available_timezones() if "/" in zone and "right" not in zone)),
    every=st.sampled_from(Every),
    weekday=st.integers(0, 6),
    hour=st.integers(0, 23),
)
def test_the_next_digest_is_the_first_such_hour_of_their_clock(at, zone, every, weekday, hour):
    due = next_digest(at, zone, every, weekday, hour)
    assert due > at
    there = due.astimezone(ZoneInfo(zone))
    skipped = datetime(there.year, there.month, there.day, hour, tzinfo=ZoneInfo(zone))
    assert there.hour == hour or skipped.astimezone(UTC).astimezone(ZoneInfo(zone)).hour != hour
    longest = timedelta(days=1 if every is Every.day else 7, hours=3)
    # Samoa and its neighbours once left out a day; no zone does so in these years.
    assert due - at <= longest
    if every is Every.week and there.hour == hour:
        assert there.weekday() == weekday


async def test_mails_without_content_say_only_that_there_is_news(house, cluster):
    told(await choose(cluster.cara, without_content=True))
    told(await tell(house, cluster.cara, letter={}), 202)
    (mail,) = await mails(house, cluster.cara)
    assert mail["subject"] == "There is news for you in Staffroom"
    assert "/entries/1" in mail["text"]
    for said in ("Ben", "Peruc", "How long"):
        assert said not in mail["text"] + mail["subject"]
    key, _ = await link_for(house, cluster.addresses["cara"])
    assert key, "a link for signing in says what it is in any case"


async def received(house, *people, **changes):
    """The mails of a piece of news."""
    await house.run_jobs("clusters")
    told(await tell(house, *people, **changes), 202)
    return await sent_out(house)


async def sent_out(house):
    """The mails that wait, as a mail server gets them."""
    inbox, port = Inbox(), free_ports()[0]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        await house.run_jobs("clusters", smtp_url=f"smtp://127.0.0.1:{port}")
    finally:
        server.stop()
    return [email.message_from_bytes(mail.content) for mail in inbox.mails]


def said_by(mail):
    """What a mail program posts for somebody who presses its button."""
    query = urlsplit(mail["List-Unsubscribe"].strip("<>")).query
    return {name: value for name, (value,) in parse_qs(query).items()}


async def test_every_mail_can_be_stopped_with_one_click(house, cluster):
    (mail,) = await received(house, cluster.cara)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    said = said_by(mail)
    assert said["kind"] == "comment_posted"
    for _ in range(2):
        told(await house.guest.clusters.post("/v1/unsubscriptions", json=said), 204)
    assert await chosen(cluster.cara, "comment_posted") == "app"
    assert await chosen(cluster.cara, "event_changed") == "at_once"
    assert await received(house, cluster.cara) == []
    told(await choose(cluster.cara, ways={"event_changed": "digest"}))
    told(await house.guest.clusters.post("/v1/unsubscriptions", json=said | {"kind": "digest"}), 204)
    assert await chosen(cluster.cara, "event_changed") == "app"


@pytest.mark.parametrize("kind", ["sign_in_link", "way_in_changed", "news", "nonsense"])
async def test_what_nobody_can_stop_is_refused_and_so_is_another_key(house, cluster, kind):
    (mail,) = await received(house, cluster.cara)
    key = said_by(mail)["key"]
    for said in ({"kind": kind, "key": key}, {"kind": "comment_posted", "key": str(UUID(int=1))}):
        assert refusal(await house.guest.clusters.post("/v1/unsubscriptions", json=said)) == (404, "key-unknown")


async def test_a_way_that_is_not_offered_is_said_at_its_field(cluster):
    for ways in ({"sign_in_link": "app"}, {"event_described": "digest"}, {"nonsense": "app"}):
        assert wrong_fields(await choose(cluster.cara, ways=ways)) == {"/ways": "way_unknown"}
    assert {*wrong_fields(await choose(cluster.cara, hour=24, weekday=7))} == {"/hour", "/weekday"}
