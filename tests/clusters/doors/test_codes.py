"""The code on the wall: who types it is asked in, after the school where it wants that; nobody learns who is known."""

import asyncio
import re
from uuid import uuid4

import pytest

from kit.worker import sweep
from services.clusters.doors.codes import actions
from services.clusters.doors.codes.jobs import ask_newcomer_in
from services.clusters.doors.codes.jobs import jobs as code_jobs
from services.clusters.doors.codes.models import LENGTH, SIGNS
from tests.clusters.doors.test_sign_in import sign_in
from tests.people import a_person, accept, refusal, told, wrong_fields


@pytest.fixture
async def web(house):
    return (await house.as_service("web")).clusters


async def make(cluster, **more):
    return told(await cluster.ben.clusters.put(f"/v1/schools/{cluster.mentee}/code", json=more))


async def come(web, code, mail, name="Dana Hrubá", **more):
    return await web.post("/v1/newcomers", json={"code": code, "name": name, "mail": mail} | more)


def somebody():
    return f"dana-{uuid4().hex}@school.test"


async def invited_to(cluster, asker=None):
    """(mail, state) of those who came by the code, as who leads the school sees them."""
    path = f"/v1/clusters/{cluster.id}/invitations"
    listed = told(await (asker or cluster.ben).clusters.get(path))["items"]
    return [(one["mail"], one["state"]) for one in listed if one["by_code"]]


async def letters_to(house, mail):
    rows = await house.rows("clusters", "select subject, text from mailbox_mail where mail = $1 order by id", mail)
    return [row["text"] for row in rows]


async def test_a_newcomer_waits_for_the_schools_yes_and_says_their_own(house, cluster, web):
    code, mail = (await make(cluster))["code"], somebody()
    found = told(await web.post("/v1/school-codes/finding", json={"code": code}))
    assert (found["town"], found["waits"]) == ("Praha", True)
    told(await come(web, code, mail, language="cs"), 202)
    await house.run_jobs("clusters")
    assert await invited_to(cluster) == [(mail, "proposed")]
    assert await letters_to(house, mail) == []
    notices = told(await cluster.hana.clusters.get("/v1/notices"))["items"]
    (proposed,) = [notice for notice in notices if notice["kind"] == "invitation_proposed"]
    assert proposed["params"]["name_invited"] == "Dana Hrubá"
    told(await cluster.ben.clusters.put(f"/v1{proposed['path']}/confirmation"), 204)
    await house.run_jobs("clusters")
    (letter,) = await letters_to(house, mail)
    (key,) = re.findall(r"key=([\w-]+)", letter)
    session = told(await sign_in(house, link=key), 201)
    dana = await house.as_person(session["person_id"])
    assert (session["language"], told(await dana.clusters.get("/v1/me"))["standings"]) == ("cs", [])
    told(await accept(dana, proposed["path"].rpartition("/")[2]), 201)
    (standing,) = told(await dana.clusters.get("/v1/me"))["standings"]
    assert (standing["school_id"], standing["staff_role"]) == (cluster.mentee, "teacher")


async def test_where_the_school_does_not_want_to_be_asked_the_mail_comes_at_once(house, cluster, web):
    code, mail = (await make(cluster, waits=False))["code"], somebody()
    told(await come(web, f" {code[:4].lower()}-{code[4:].lower()} ", mail), 202)
    await house.run_jobs("clusters")
    assert await invited_to(cluster) == [(mail, "sent")]
    assert len(await letters_to(house, mail)) == 1


async def test_the_answer_does_not_tell_who_is_known_and_nobody_is_asked_twice(house, cluster, web):
    code, mail = (await make(cluster, waits=False))["code"], somebody()
    await house.run_jobs("clusters")
    before = len(await letters_to(house, cluster.addresses["cara"]))
    typed = (mail, mail, cluster.addresses["cara"], cluster.addresses["ben"])
    answers = [await come(web, code, each) for each in typed]
    assert {(answer.status_code, answer.text) for answer in answers} == {(202, "null")}
    await house.run_jobs("clusters")
    assert await invited_to(cluster) == [(mail, "sent")]
    assert len(await letters_to(house, cluster.addresses["cara"])) == before
    roles = "select role from staff join address using (person_id) where mail = $1 and ended_at is null"
    assert [row["role"] for row in await house.rows("clusters", roles, cluster.addresses["ben"])] == ["coordinator"]
    assert not await house.rows("clusters", "select from newcomer where school_id = $1", cluster.mentee)


async def test_who_is_known_elsewhere_keeps_their_name(house, cluster, web):
    code = (await make(cluster))["code"]
    elsewhere = await a_person(house, cluster.mentor, name="Ema Zde")
    told(await come(web, code, elsewhere["mail"], name="Somebody Else"), 202)
    await house.run_jobs("clusters")
    assert await invited_to(cluster) == [(elsewhere["mail"], "proposed")]
    rows = await house.rows("clusters", "select name from person where id = $1", elsewhere["person_id"])
    assert [row["name"] for row in rows] == ["Ema Zde"]


async def test_a_code_is_full_at_its_cap_however_many_come_at_once(house, cluster, web):
    code = (await make(cluster, most=3))["code"]
    answers = await asyncio.gather(*(come(web, code, somebody()) for _ in range(6)))
    assert sorted(answer.status_code for answer in answers) == [202] * 3 + [410] * 3
    shown = told(await cluster.ben.clusters.get(f"/v1/schools/{cluster.mentee}/code"))
    assert (shown["used"], shown["is_live"]) == (3, False)


async def test_who_sends_it_twice_is_counted_once(cluster, web):
    code, mail = (await make(cluster, most=2))["code"], somebody()
    for _ in range(3):
        told(await come(web, code, mail), 202)
    told(await come(web, code, somebody()), 202)
    assert told(await cluster.ben.clusters.get(f"/v1/schools/{cluster.mentee}/code"))["used"] == 2


async def test_the_code_of_who_leads_the_school_no_longer_lets_nobody_in(house, cluster, web):
    code = told(await cluster.hana.clusters.put(f"/v1/schools/{cluster.mentee}/code", json={}))["code"]
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['cara']}"))
    told(await web.post("/v1/school-codes/finding", json={"code": code}))
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['hana']}"))
    assert refusal(await come(web, code, somebody())) == (410, "code-ended")


async def test_each_newcomer_is_a_question_of_its_own(house, cluster, web):
    code = (await make(cluster))["code"]
    for name in ("Anna První", "Dana Druhá"):
        told(await come(web, code, somebody(), name=name), 202)
    await house.run_jobs("clusters")
    notices = told(await cluster.hana.clusters.get("/v1/notices"))["items"]
    asked = {n["params"]["name_invited"]: n["path"] for n in notices if n["kind"] == "invitation_proposed"}
    for name, path in asked.items():
        assert told(await cluster.hana.clusters.get(f"/v1{path}"))["name"] == name
    assert asked.keys() == {"Anna První", "Dana Druhá"}


async def test_it_runs_out_is_switched_off_and_replaced(house, cluster, web):
    first = (await make(cluster))["code"]
    second = (await make(cluster))["code"]
    assert refusal(await come(web, first, somebody())) == (410, "code-ended")
    await house.rows("clusters", "update school_code set ends_at = now() where code = $1", second)
    assert refusal(await come(web, second, somebody())) == (410, "code-ended")
    third = (await make(cluster))["code"]
    path = f"/v1/schools/{cluster.mentee}/code"
    for _ in range(2):
        told(await cluster.hana.clusters.delete(path), 204)
    assert refusal(await come(web, third, somebody())) == (410, "code-ended")
    assert told(await cluster.hana.clusters.get(path))["is_live"] is False


@pytest.mark.parametrize("who", ["anna", "cara"])
async def test_only_who_leads_the_school_has_its_code(cluster, who):
    asker, path = getattr(cluster, who).clusters, f"/v1/schools/{cluster.mentee}/code"
    told(await cluster.ben.clusters.put(path, json={}))
    answers = [await asker.get(path), await asker.put(path, json={}), await asker.delete(path)]
    assert {refusal(answer) for answer in answers} == {(403, "forbidden")}


async def test_what_is_wrong_is_said_at_its_field(cluster, web):
    path = f"/v1/schools/{cluster.mentee}/code"
    wrong = await cluster.ben.clusters.put(path, json={"days": 91, "most": 0})
    assert {*wrong_fields(wrong)} == {"/days", "/most"}
    assert {*wrong_fields(await come(web, "x", "no address", name=" "))} == {"/mail", "/name"}


async def test_who_guesses_is_stopped_and_keeps_nobody_else_out(house, cluster, web, monkeypatch):
    code, source = (await make(cluster))["code"], "192.0.2.77"
    monkeypatch.setattr(actions, "MOST_WRONG", 10)
    answers = [await come(web, "ABCDEFGH", somebody(), source=source) for _ in range(10)]
    assert {refusal(answer) for answer in answers} == {(404, "code-unknown")}
    for typed in ("ABCDEFGH", code):
        assert refusal(await come(web, typed, somebody(), source=source)) == (429, "too-many-codes")
    told(await come(web, code, somebody(), source="192.0.2.78"), 202)


async def test_a_code_is_read_without_mistakes():
    assert not {*"0O1IL"} & {*SIGNS}
    assert len(SIGNS) ** LENGTH > 10**11


async def test_asking_in_twice_asks_once_and_old_codes_go(house, cluster, web):
    code, mail = (await make(cluster))["code"], somebody()
    told(await come(web, code, mail), 202)
    ((newcomer,),) = await house.rows("clusters", "select id from newcomer where mail = $1", mail)
    for _ in range(2):
        await ask_newcomer_in(house.context("clusters"), str(newcomer))
    assert await invited_to(cluster) == [(mail, "proposed")]
    await house.rows("clusters", "update school_code set ends_at = now() - interval '8 days' where code = $1", code)
    await sweep(code_jobs, house.context("clusters"))
    assert not await house.rows("clusters", "select from school_code where code = $1", code)
    told(await come(web, (await make(cluster))["code"], somebody()), 202)
    await house.rows("clusters", "update newcomer set asked_at = now() - interval '8 days'")
    await sweep(code_jobs, house.context("clusters"))
    assert not await house.rows("clusters", "select from newcomer where school_id = $1", cluster.mentee)
