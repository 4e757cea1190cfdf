"""Every process is killed while people write; what was acknowledged is there, once and whole, and was followed once."""

import asyncio
import os
import signal
from uuid import uuid4

import httpx
import pytest

from tests.journeys.home import open_home
from tests.journeys.listener import Listener
from tests.journeys.program import Program

WRITERS = 4
BETWEEN = 0.6
CALM_WITHIN = 60
FOLLOWED = "select place from cursor where source = 'clusters'"
NEWEST = "select max(place) from fact"
WAITING = """
select (select count(*) from fact where place is null) + (select count(*) from pgqueuer)
     + coalesce((select max(place) from fact), 0)
     - coalesce((select place from cursor where source = 'own facts, to endpoints'), 0)
"""
TOLD = "select thread, count(*) as times, sum(news) as news from notice where person_id = $1 group by thread"
INVITED = """
select staff.id, address.mail, (select count(*) from mail where mail.person_id = staff.person_id) as letters
from staff join address using (person_id) where address.mail like 'w%'
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A house of the test's own: it is not spared."""
    with open_home(tmp_path_factory.mktemp("killed"), "--no-demo") as opened:
        yield opened


@pytest.fixture
async def program(home):
    program = Program(home.services, "demo", home.secrets["clients"]["demo"])
    await program.read_documents()
    yield program
    await program.http.aclose()


class Scene:
    """A cluster with a school, an author with an entry, a reader who comments, an event."""

    def __init__(self, program):
        self.program = program
        self.people = {}

    async def set_up(self):
        ask = self.program.ask
        new = {"name": "Killed", "programme": "Test", "country": "CZ", "approach": "bottom_up", "zone": "Europe/Prague"}
        self.cluster = (await ask("clusters", "form_cluster", json=new))["id"]
        school = {"name": "School", "town": "Praha", "country": "CZ", "zone": "Europe/Prague"}
        self.school = (await ask("clusters", "register_school", json=school))["id"]
        member = {"school_id": self.school, "role": "mentor"}
        await ask("clusters", "begin_membership", cluster_id=self.cluster, json=member)
        for name, role in (("author", "coordinator"), ("reader", "teacher")):
            self.people[name] = (await ask("clusters", "invite_staff", school_id=self.school, json=staff(name, role)))[
                "person_id"
            ]
        await self.until_heard()
        new = {"cluster_id": self.cluster, "title": "Entry", "text": "Words.", "language": "en"}
        self.entry = (await ask("diaries", "start_entry", person=self.people["author"], json=new))["id"]
        reach = {"reach": "cluster"}
        await ask("diaries", "publish_entry", person=self.people["author"], entry_id=self.entry, json=reach)

    async def until_heard(self):
        for _ in range(100):
            answer = await self.program.call("diaries", "list_entries", person=self.people["reader"])
            if answer.status_code == 200 and await self._listed():
                return
            await asyncio.sleep(0.1)
        raise AssertionError("diaries never heard of the reader")

    async def _listed(self):
        asked = {"person": self.people["reader"], "cluster_id": self.cluster}
        return (await self.program.call("diaries", "list_entries", **asked)).status_code == 200


def staff(name, role="teacher"):
    return {"name": name, "mail": f"{name}@killed.test", "role": role, "language": "en"}


async def insist(ask, again):
    """Ask until it is acknowledged, as the same attempt each time; None when the writing is over before that."""
    while again():
        try:
            answer = await ask()
        except httpx.HTTPError:
            await asyncio.sleep(0.05)
            continue
        if answer.status_code < 300:
            return answer.json()
        assert answer.status_code in (401, 409, 500, 502, 503, 504), (answer.status_code, answer.text)
        await asyncio.sleep(0.05)
    return None


async def write(program, scene, number, acknowledged, tried, again):
    """Comment on the entry and invite people, in turns."""
    n = 0
    while again():
        n += 1
        text = f"{number}-{n}"
        comment = {"entry_id": scene.entry, "json": {"kind": "question", "text": text}}
        person = {"school_id": scene.school, "json": staff(f"w{text}")}
        for service, operation, more, kept in (
            ("diaries", "post_comment", comment | {"person": scene.people["reader"]}, "comment"),
            ("clusters", "invite_staff", person, "staff"),
        ):
            once = uuid4().hex
            tried[kept].add(text)
            made = await insist(lambda s=service, o=operation, m=more, k=once: program.call(s, o, once=k, **m), again)
            if made:
                acknowledged[kept][text] = made["id"]


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
        except OSError:
            left = ["no database"]
        await asyncio.sleep(0.2)
    raise AssertionError(f"still waiting after {CALM_WITHIN} s: {left}")


async def test_what_was_acknowledged_is_there_once(home, program):
    scene = Scene(program)
    await scene.set_up()
    acknowledged, tried = {"comment": {}, "staff": {}}, {"comment": set(), "staff": set()}
    with Listener() as listener:
        wanted = {"url": listener.url, "kinds": ["comment.posted"]}
        endpoint = await program.ask("diaries", "register_endpoint", json=wanted)
        writing = [True]
        tasks = [
            asyncio.create_task(write(program, scene, number, acknowledged, tried, lambda: writing[0]))
            for number in range(WRITERS)
        ]
        await kill_them_all(home)
        writing.clear()
        writing.append(False)
        await asyncio.gather(*tasks)
        assert len(acknowledged["comment"]) > WRITERS * 3
        assert len(acknowledged["staff"]) > WRITERS * 3
        await until_calm(home)
    await comments_are_whole(home, scene, acknowledged["comment"], tried["comment"])
    await sent_once(home, endpoint["id"], listener)
    await people_are_whole(home, acknowledged["staff"], tried["staff"])


async def comments_are_whole(home, scene, acknowledged, tried):
    """One row, one fact and one notice for each comment."""
    rows = await home.rows("diaries", "select id, text from comment")
    kept = {row["text"]: str(row["id"]) for row in rows}
    assert len(kept) == len(rows)
    assert kept.items() >= acknowledged.items()
    assert set(kept) <= tried
    facts = await home.rows("diaries", "select data ->> 'comment_id' as id from fact where kind = 'comment.posted'")
    assert sorted(fact["id"] for fact in facts) == sorted(kept.values())
    told = await home.rows("clusters", TOLD, scene.people["author"])
    assert {row["thread"]: (row["times"], row["news"]) for row in told} == {
        f"comment:{comment}": (1, 1) for comment in kept.values()
    }


async def sent_once(home, endpoint, listener):
    facts = await home.rows("diaries", "select place from fact where kind = 'comment.posted'")
    sent = await home.rows("diaries", "select id, place, delivered_at from delivery where endpoint_id = $1", endpoint)
    assert sorted(row["place"] for row in sent) == sorted(row["place"] for row in facts)
    assert all(row["delivered_at"] for row in sent)
    assert {each.headers["webhook-id"] for each in listener.delivered} == {f"msg_{row['id'].hex}" for row in sent}


async def people_are_whole(home, acknowledged, tried):
    """One person with one address, one letter and one place on each roster, for each who was invited."""
    rows = await home.rows("clusters", INVITED)
    kept = {row["mail"].partition("@")[0].removeprefix("w"): str(row["id"]) for row in rows}
    assert len(kept) == len(rows)
    assert kept.items() >= acknowledged.items()
    assert set(kept) <= tried
    assert {row["letters"] for row in rows} == {1}
    everybody = await home.rows("clusters", "select id, person_id, role from staff order by id")
    people = await home.rows("clusters", "select id, name from person order by id")
    for service in ("events", "diaries"):
        assert await home.rows(service, "select id, person_id, role from staff order by id") == everybody
        assert await home.rows(service, "select id, name from person order by id") == people
    letters = await home.rows("clusters", "select mail, count(*) as times from mailbox_mail group by mail")
    assert {row["times"] for row in letters if row["mail"].startswith("w")} == {1}
