"""Every process is killed while people write; what was acknowledged is there, once and whole, and was followed once."""

import asyncio
import os
import signal
from collections import defaultdict

import asyncpg
import pytest

from tests.journeys.home import open_home
from tests.journeys.listener import Listener
from tests.journeys.program import Program
from tests.journeys.writers import ENOUGH, PLACES, Scene, Writers

pytestmark = pytest.mark.proof

BETWEEN = 0.6
CALM_WITHIN = 180
SENT = {"diaries": ["comment.posted"], "events": []}
FOLLOWED = "select place from cursor where source = 'clusters'"
NEWEST = "select max(place) from fact"
WAITING = """
select (select count(*) from fact where place is null) + (select count(*) from pgqueuer)
     + coalesce((select max(place) from fact), 0)
     - coalesce((select place from cursor where source = 'own facts, to endpoints'), 0)
"""
LEFT = """
select entrypoint, status, attempts, execute_after - now() as due_in, now() - heartbeat as silent_for from pgqueuer
"""
NOTICES = """
select thread, count(*) as times, sum(news) as news from notice
where person_id = $1 and kind = 'comment_posted' group by thread
"""
INVITED = """
select staff.id, address.mail,
  (select count(*) from mail where mail.person_id = staff.person_id and kind = 'invitation') as letters
from staff join address using (person_id) where address.mail like 'w%'
"""
POSTED = """
select mail, (select count(*) from mail where mail.person_id = address.person_id) as written,
  (select count(*) from mailbox_mail where mailbox_mail.mail = address.mail) as sent
from address
"""
REGISTERED = """
select registration.id, person_id, withdrawn_at is not null as withdrawn,
  count(distinct wait.id) as waited, count(distinct placement.id) as sat,
  count(distinct wait.id) filter (where wait.until is null) as waits,
  count(distinct placement.id) filter (where placement.until is null) as sits
from registration
left join wait on wait.registration_id = registration.id
left join placement on placement.registration_id = registration.id
where event_id = $1 group by registration.id
"""
FACTS = """
select kind, data ->> 'registration_id' as id from fact
where kind like 'registration.%' and data ->> 'event_id' = $1 order by place
"""
LETTERS = "select person_id, kind from mail where kind like 'registration_%' order by id"
SEATED = """
select person_id, place_id in (
    select id from site where event_id = $1 and given_up_at is null union all
    select id from online_room where event_id = $1 and given_up_at is null) as there
from registration join placement on placement.registration_id = registration.id and placement.until is null
where event_id = $1 and withdrawn_at is null
"""
TOLD_OF_MOVES = """
select person_id, (select count(*) from mail where mail.person_id = notice.person_id and kind = 'event_changed')
  as letters, count(*) as notices
from notice where kind = 'event_changed' group by person_id
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A house of the test's own: it is not spared."""
    with open_home(tmp_path_factory.mktemp("killed"), "--no-demo") as opened:
        yield opened


@pytest.fixture(scope="module")
async def program(home):
    program = Program(home.services, "demo", home.secrets["clients"]["demo"])
    await program.read_documents()
    yield program
    await program.http.aclose()


@pytest.fixture(scope="module")
def listener():
    with Listener() as listener:
        yield listener


@pytest.fixture(scope="module")
async def writers(home, program, listener):
    """Those who wrote while everything was killed, once all facts are followed and all jobs are done."""
    for service, kinds in SENT.items():
        await program.ask(service, "register_endpoint", json={"url": listener.url, "kinds": kinds})
    scene = Scene(program)
    await scene.set_up()
    writers = Writers(program, scene)
    await writers.write_until(kill_them_all(home))
    await until_calm(home)
    return writers


async def kill_them_all(home):
    """Every process but the parent, one after the other; then PostgreSQL itself."""
    for pid in {*home.runner.children()} - {home.postgres}:
        os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(BETWEEN)
    os.kill(home.postgres, signal.SIGKILL)
    await asyncio.sleep(3)


async def until_calm(home):
    """All facts are placed, heard and sent on; all jobs are done."""
    for _ in range(CALM_WITHIN * 5):
        try:
            left = [int((await home.rows(service, WAITING))[0][0]) for service in home.services]
            newest = (await home.rows("clusters", NEWEST))[0][0]
            heard = [(await home.rows(service, FOLLOWED))[0][0] for service in ("events", "diaries")]
            if not any(left) and heard == [newest, newest]:
                return
        except (OSError, asyncpg.CannotConnectNowError):
            left = ["no database"]
        await asyncio.sleep(0.2)
    jobs = [dict(row) for service in home.services for row in await home.rows(service, LEFT)]
    raise AssertionError(f"still waiting after {CALM_WITHIN} s: {left}, {jobs}")


def are_kept(kept, writers, kind, name="id"):
    """All that was acknowledged is there, under the id that was acknowledged, and nothing that nobody tried."""
    acknowledged = {key: made[name] for key, made in writers.acknowledged[kind].items()}
    assert len(acknowledged) > ENOUGH
    assert kept.items() >= acknowledged.items()
    assert set(kept) <= writers.tried[kind]


async def test_a_comment_is_there_with_one_fact_and_one_notice(home, writers):
    rows = await home.rows("diaries", "select id, text from comment")
    kept = {row["text"]: str(row["id"]) for row in rows}
    assert len(kept) == len(rows)
    are_kept(kept, writers, "comment")
    facts = await home.rows("diaries", "select data ->> 'comment_id' as id from fact where kind = 'comment.posted'")
    assert sorted(fact["id"] for fact in facts) == sorted(kept.values())
    told = await home.rows("clusters", NOTICES, writers.scene.people["author"])
    assert {row["thread"]: (row["times"], row["news"]) for row in told} == {
        f"comment:{comment}": (1, 1) for comment in kept.values()
    }


async def test_who_was_invited_has_one_invitation_and_one_place_on_each_roster(home, writers):
    rows = await home.rows("clusters", INVITED)
    kept = {row["mail"].partition("@")[0].removeprefix("w"): str(row["id"]) for row in rows}
    assert len(kept) == len(rows)
    are_kept(kept, writers, "staff", "staff_id")
    assert {row["letters"] for row in rows} == {1}
    everybody = await home.rows("clusters", "select id, person_id, role from staff order by id")
    people = await home.rows("clusters", "select id, name from person order by id")
    for service in ("events", "diaries"):
        assert await home.rows(service, "select id, person_id, role from staff order by id") == everybody
        assert await home.rows(service, "select id, name from person order by id") == people


async def test_a_registration_is_there_with_its_place_or_its_turn_and_all_its_facts(home, writers):
    rows = await home.rows("events", REGISTERED, writers.scene.meeting)
    kept = {str(row["person_id"]): str(row["id"]) for row in rows}
    assert len(kept) == len(rows)
    are_kept(kept, writers, "registration", "registration_id")
    withdrawn = {str(row["person_id"]) for row in rows if row["withdrawn"]}
    assert len(withdrawn) > ENOUGH
    assert {*writers.acknowledged["withdrawal"]} <= withdrawn <= writers.tried["withdrawal"]
    assert all(row["waits"] + row["sits"] == (not row["withdrawn"]) for row in rows)
    assert await facts_of(home, writers.scene.meeting) == {str(row["id"]): whole_story(row) for row in rows}


def whole_story(row):
    told = {"registration.waiting": row["waited"], "registration.placed": row["sat"]}
    assert list(told.values()) in ([0, 1], [1, 0], [1, 1])
    return [kind for kind, times in (told | {"registration.withdrawn": row["withdrawn"]}).items() if times]


async def facts_of(home, event):
    """The facts of each registration, in their order."""
    stories = defaultdict(list)
    for fact in await home.rows("events", FACTS, event):
        stories[fact["id"]].append(fact["kind"])
    return stories


async def test_there_were_never_more_people_than_places_and_no_place_is_left_while_somebody_waits(home, writers):
    sitting = set()
    for fact in await home.rows("events", FACTS, writers.scene.meeting):
        if fact["kind"] == "registration.placed":
            sitting.add(fact["id"])
        elif fact["kind"] == "registration.withdrawn":
            sitting.discard(fact["id"])
        assert len(sitting) <= PLACES
    rows = await home.rows("events", REGISTERED, writers.scene.meeting)
    assert {str(row["id"]) for row in rows if row["sits"]} == sitting
    assert sum(row["waits"] for row in rows) > 0
    assert len(sitting) == PLACES


async def test_who_registered_has_one_letter_for_each_fact(home, writers):
    stories = await facts_of(home, writers.scene.meeting)
    letters = defaultdict(list)
    for letter in await home.rows("clusters", LETTERS):
        letters[letter["person_id"]].append(letter["kind"])
    for row in await home.rows("events", REGISTERED, writers.scene.meeting):
        got, due = sorted(letters[row["person_id"]]), sorted(letters_for(stories[str(row["id"])]))
        if row["withdrawn"]:
            assert "registration_withdrawn" in got
            assert got == [kind for kind in due if kind in got]
        else:
            assert got == due


def letters_for(story):
    kinds = [kind.replace("registration.", "registration_") for kind in story]
    return ["registration_moved" if kind == "registration_placed" and n else kind for n, kind in enumerate(kinds)]


async def test_a_move_takes_everybody_along_and_everybody_is_told_once(home, writers):
    event, people = writers.scene.moved, {*writers.scene.people.values()}
    moves = [str(row["id"]) for row in await home.rows("events", "select id from change where event_id = $1", event)]
    assert {made["id"] for made in writers.acknowledged["move"].values()} <= {*moves}
    assert ENOUGH < len(moves) <= len(writers.tried["move"])
    (now,) = await home.rows("events", "select version, sequence from event where id = $1", event)
    assert (now["version"], now["sequence"]) == (1 + len(moves), len(moves))
    told = await home.rows("events", "select data ->> 'change_id' as id from fact where kind = 'event.changed'")
    assert sorted(fact["id"] for fact in told) == sorted(moves)
    stories = await facts_of(home, event)
    assert list(stories.values()) == [["registration.placed"] * (1 + len(moves))] * len(people)
    seats = await home.rows("events", SEATED, event)
    assert sorted((str(seat["person_id"]), seat["there"]) for seat in seats) == [(one, True) for one in sorted(people)]
    heard = await home.rows("clusters", TOLD_OF_MOVES)
    assert {str(row["person_id"]): (row["letters"], row["notices"]) for row in heard} == dict.fromkeys(
        people, (len(moves), len(moves))
    )


async def test_every_fact_that_is_wanted_is_sent_once(home, writers, listener):
    messages = set()
    for service, kinds in SENT.items():
        facts = await home.rows(service, "select place from fact where kind = any($1) or $1 = '{}'", kinds)
        sent = await home.rows(service, "select id, place, delivered_at from delivery")
        assert sorted(row["place"] for row in sent) == sorted(row["place"] for row in facts)
        assert all(row["delivered_at"] for row in sent)
        messages |= {f"msg_{row['id'].hex}" for row in sent}
    assert {each.headers["webhook-id"] for each in listener.delivered} == messages


async def test_every_letter_is_sent_once(home, writers):
    assert [tuple(row) for row in await home.rows("clusters", POSTED) if row["written"] != row["sent"]] == []


def test_the_log_of_all_this_has_no_name_no_address_and_no_text(home, writers):
    said = "\n".join(home.runner.lines)
    assert "begins again" in said
    assert [value for value in ("killed.test", "Words.", "crowd", "author") if value in said] == []
