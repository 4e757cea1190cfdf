"""Who leaves for good is gone from every service; what they wrote stays or goes, as they say."""

import asyncio
from uuid import UUID

import pytest

from kit.jobs import enqueue
from kit.problems import NotFound, Unauthenticated
from services.clusters.directory.people.actions import change_profile
from services.clusters.directory.people.models import Person
from services.clusters.directory.staff.actions import begin_staff
from services.clusters.directory.staff.models import StaffRole
from services.clusters.doors.sessions.actions import begin_session
from services.clusters.doors.sessions.models import Door
from services.clusters.doors.tries.models import digest
from services.clusters.post.kinds.kinds import KINDS
from tests.clusters.doors.test_sign_in import link_for, sign_in, token_for
from tests.diaries.writing import add_picture, comment, published, read, reply, start
from tests.people import an_official, refusal, told

NAME, FORMER = "Xenia Quellwasser", "Xenia Bachforelle"
TITLE = "XyDr."
OF_STAFF = "select ended_at from staff where person_id = $1"


async def by_link(house, mail):
    """The secret of a session that began with a link by mail."""
    key, _ = await link_for(house, mail)
    return told(await sign_in(house, link=key), 201)["secret"]


async def leave(house, asker, mail, writings="stay"):
    body = {"writings": writings, "session": await by_link(house, mail)}
    return await asker.clusters.post("/v1/me/erasure", json=body)


async def erased(house):
    """What is done within a minute, now: first those who follow hear of it."""
    await house.catch_up()
    await house.rows("clusters", "update pgqueuer set execute_after = now() where entrypoint = 'person.erase'")
    await house.catch_up()


async def rows_that_say(house, text):
    """(service, table) of every row that says this somewhere."""
    found = []
    for service in ("clusters", "events", "diaries"):
        tables = await house.rows(
            service, "select table_name as name from information_schema.tables where table_schema = 'public'"
        )
        for (table,) in tables:
            body = " or position(convert_to($1, 'UTF8') in body) > 0" if table == "kept_answer" else ""
            saying = f'select 1 from "{table}" row where strpos(row::text, $1) > 0 {body} limit 1'
            if await house.rows(service, saying, text):
                found.append((service, table))
    return found


async def called_xenia(house, cluster):
    """Cara under a name that nobody else has, after a year in which everything names her."""
    cara = cluster.cara
    profile = {"name": FORMER, "language": "cs", "zone": "Europe/Prague", "title_before": TITLE}
    told(await cara.clusters.put("/v1/me", json=profile))
    told(await cara.clusters.put("/v1/me/card", json={"shows": TITLE, "subjects": [TITLE]}))
    await house.catch_up()
    told(await comment(cara, await published(cluster.anna, cluster)), 201)
    await house.catch_up()
    told(await cara.clusters.put("/v1/me", json=profile | {"name": NAME}))
    await house.catch_up()
    again = {"name": NAME, "mail": cluster.addresses["cara"], "role": "head", "language": "cs"}
    at, once = f"/v1/schools/{cluster.mentee}/invitations", {"idempotency-key": cluster.mentee}
    told(await cluster.ben.clusters.post(at, json=again, headers=once), 201)
    entry = await published(cara, cluster, "everyone")
    told(await add_picture(cara, entry), 201)
    told(await comment(cluster.marie, entry), 201)
    bens = await published(cluster.ben, cluster)
    asked = told(await comment(cara, bens), 201)["id"]
    told(await reply(cluster.marie, bens, asked), 201)
    told(await comment(cara, await published(cluster.ben, cluster)), 201)
    draft = await start(cara, cluster, "Not for anybody yet.")
    await house.catch_up()
    return entry, asked, draft


@pytest.mark.parametrize("writings", ["stay", "go"])
async def test_nothing_says_who_they_were(house, cluster, writings):
    entry, asked, draft = await called_xenia(house, cluster)
    mail = cluster.addresses["cara"]
    assert {("clusters", "person"), ("events", "person"), ("clusters", "notice"), ("clusters", "fact")} <= {
        *await rows_that_say(house, NAME)
    }
    told(await leave(house, cluster.cara, mail, writings), 202)
    assert ("clusters", "address") not in await rows_that_say(house, mail)
    await erased(house)
    for text in (NAME, FORMER, TITLE, mail):
        assert await rows_that_say(house, text) == []
    assert await house.rows("diaries", "select 1 from entry where id = $1", UUID(draft)) == []
    if writings == "stay":
        assert told(await read(cluster.anna, entry))["author"] == ""
        assert await house.rows("diaries", "select 1 from comment where id = $1 and text <> ''", UUID(asked))
    else:
        assert refusal(await read(cluster.anna, entry)) == (410, "taken-back")
        assert await house.rows("diaries", "select 1 from picture where entry_id = $1", UUID(entry)) == []
        assert await house.rows("diaries", "select 1 from comment where id = $1 and text <> ''", UUID(asked)) == []
    lines = told(await cluster.ben.clusters.get("/v1/notices"))["items"]
    assert any("Somebody who left" in "".join(span["text"] for span in one["line"]) for one in lines)


async def test_no_try_says_by_its_digest_that_they_were_here(house, cluster):
    cara = cluster.cara.id
    account = (
        "insert into identity (id, person_id, issuer, subject, connected_at) values ($1, $1, 'https://i', 's', now())"
    )
    await house.rows("clusters", account, cara)
    tried = [digest(each) for each in (f"second step of {cara}", f"recovery of {cara}", "account s of https://i")]
    kept = """insert into sign_in_try (id, mail_digest, from_digest, by_known_device, at)
        select gen_random_uuid(), tried, '', false, now() from unnest($1::text[]) tried"""
    await house.rows("clusters", kept, tried)
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    assert await house.rows("clusters", "select 1 from sign_in_try where mail_digest = any($1::text[])", tried) == []


async def test_who_is_called_otherwise_keeps_the_name(house, cluster):
    entry = await published(cluster.ben, cluster)
    told(await comment(cluster.dan, entry), 201)
    await house.catch_up()
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    await erased(house)
    news = await house.rows("clusters", "select params from notice where person_id = $1", cluster.ben.id)
    assert [row["params"]["by"] for row in news] == ["دان"]


async def test_they_are_let_in_nowhere_from_that_moment(house, cluster):
    mail = cluster.addresses["cara"]
    secret = await by_link(house, mail)
    told(await leave(house, cluster.cara, mail), 202)
    assert refusal(await cluster.cara.clusters.get("/v1/me")) == (401, "unauthenticated")
    profile = {"name": "Back", "language": "en", "zone": "UTC"}
    assert refusal(await cluster.cara.clusters.put("/v1/me", json=profile)) == (401, "unauthenticated")
    assert (await token_for(house, secret)).status_code == 400
    await house.hear()
    for ask in (
        cluster.cara.clusters.put("/v1/me/password", json={"password": "ten characters and more"}),
        cluster.cara.events.get("/v1/me/record"),
        cluster.cara.diaries.get("/v1/entries"),
    ):
        assert refusal(await ask) == (401, "unauthenticated")
    assert [row["ended_at"] is not None for row in await house.rows("clusters", OF_STAFF, cluster.cara.id)] == [True]


async def test_the_address_is_free_for_somebody_new(house, cluster):
    mail = cluster.addresses["cara"]
    told(await leave(house, cluster.cara, mail), 202)
    await erased(house)
    new = {"name": "Cara Anew", "mail": mail, "role": "teacher", "language": "en"}
    told(await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)
    known = await house.rows("clusters", "select person_id from address where mail = $1", mail)
    assert [row["person_id"] != cluster.cara.id for row in known] == [True]


async def test_only_who_came_by_a_mail_link_can_leave(house, cluster):
    told(await cluster.cara.clusters.put("/v1/me/password", json={"password": "ten characters and more"}), 204)
    by_password = {"mail": cluster.addresses["cara"], "password": "ten characters and more"}
    secret = told(await sign_in(house, **by_password), 201)["secret"]
    body = {"writings": "stay", "session": secret}
    assert refusal(await cluster.cara.clusters.post("/v1/me/erasure", json=body)) == (409, "came-by-no-link")
    body["session"] = await by_link(house, cluster.addresses["dan"])
    assert refusal(await cluster.cara.clusters.post("/v1/me/erasure", json=body)) == (409, "came-by-no-link")
    told(await cluster.cara.clusters.get("/v1/me"))


async def test_the_last_coordinator_names_another_one_first(house, cluster):
    before = told(await cluster.ben.clusters.get("/v1/me/erasure"))
    assert [school["id"] for school in before["schools"]] == [cluster.mentee]
    assert refusal(await leave(house, cluster.ben, cluster.addresses["ben"])) == (409, "last-coordinator")
    assert told(await cluster.ben.clusters.get("/v1/me"))["standings"]
    assert told(await cluster.cara.clusters.get("/v1/me/erasure")) == {
        "schools": [],
        "is_last_programme_coordinator": False,
    }


async def test_it_is_done_once_however_often_the_job_runs(house, cluster):
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    async with house.database("clusters").transaction() as db:
        await enqueue(db, "person.erase", person_id=cluster.cara.id)
    await erased(house)
    told_of = "select data from fact where kind = 'person.erased' and data->>'person_id' = $1"
    assert [row["data"]["writings"] for row in await house.rows("clusters", told_of, str(cluster.cara.id))] == ["stay"]


async def test_nobody_is_erased_who_did_not_leave(house, cluster):
    async with house.database("clusters").transaction() as db:
        await enqueue(db, "person.erase", person_id=cluster.cara.id)
    await house.catch_up()
    assert told(await cluster.cara.clusters.get("/v1/me"))["name"] == "Cara Sykes"


async def test_who_holds_an_office_leaves_it(house):
    olga = await an_official(house, "national_coordinator", "CZ")
    ((mail,),) = await house.rows("clusters", "select mail from address where person_id = $1", olga.id)
    told(await leave(house, olga, mail), 202)
    ended = "select ended_at from office where person_id = $1"
    assert [row["ended_at"] is not None for row in await house.rows("clusters", ended, olga.id)] == [True]


async def test_every_table_that_knows_a_person_is_emptied_of_them(house):
    """A new table with a person or an address in it goes red here, until it is in `queries.py` or said to stay."""
    from services.clusters.doors.erasure import queries

    erased = " ".join((*queries.OF_ADDRESSES, *queries.OF_LISTS, queries.OF_DIGESTS, *queries.OF_PERSON))
    known = await house.rows("clusters", WITH_PEOPLE)
    stays = {"staff", "office"}  # ids alone: when somebody was where
    stays |= {"voice"}  # what was said counts on; its reason goes with their writings
    assert {table for (table,) in known if f"from {table} " not in erased} == stays


WITH_PEOPLE = """
select distinct table_name from information_schema.columns
where table_schema = 'public' and column_name in ('person_id', 'mail', 'mail_digest') order by table_name
"""


def test_the_parameters_that_name_people_are_known():
    assert {name for kind in KINDS.values() for name in kind.named()} == {"by", "name_invited", "account_name"}


async def test_what_begins_for_them_meanwhile_does_not_last(house, cluster):
    async with house.database("clusters").transaction() as db:
        before = await db.get_one(Person, cluster.cara.id)
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    clusters = house.database("clusters")
    with pytest.raises(Unauthenticated):
        async with clusters.transaction() as db:
            await change_profile(db, before, name="Back", language="en", zone="UTC")
    with pytest.raises(NotFound):
        async with clusters.transaction() as db:
            await begin_staff(db, cluster.cara.id, UUID(cluster.mentor), StaffRole.coordinator, None)
    async with clusters.transaction() as db:
        secret = begin_session(db, before, door=Door.link)
    assert (await token_for(house, secret)).status_code == 400
    await erased(house)
    assert await house.rows("clusters", "select 1 from session where person_id = $1", cluster.cara.id) == []


async def test_news_that_is_told_late_does_not_name_them(house, cluster):
    entry = await published(cluster.ben, cluster)
    told(await comment(cluster.cara, entry), 201)
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    await house.rows("clusters", "update pgqueuer set execute_after = now() where entrypoint = 'person.erase'")
    await house.run_jobs("clusters")
    await house.run_jobs("diaries")  # which has not heard of it
    news = await house.rows("clusters", "select params from notice where person_id = $1", cluster.ben.id)
    assert [row["params"]["by"] for row in news] == [""]


async def test_two_commands_at_once_are_one(house, cluster):
    body = {"writings": "stay", "session": await by_link(house, cluster.addresses["cara"])}
    answers = await asyncio.gather(
        *(cluster.cara.clusters.post("/v1/me/erasure", json=body | {"writings": w}) for w in ("stay", "go"))
    )
    assert {answer.status_code for answer in answers} <= {202, 401}
    told_of = "select 1 from fact where kind = 'person.erased' and data->>'person_id' = $1"
    assert len(await house.rows("clusters", told_of, str(cluster.cara.id))) == 1


async def test_a_short_name_takes_nobody_elses_mail(house, cluster):
    told(await cluster.cara.clusters.put("/v1/me", json={"name": "e", "language": "en", "zone": "UTC"}))
    await link_for(house, cluster.addresses["dan"])
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    await erased(house)
    assert await house.rows("clusters", "select 1 from mailbox_mail where mail = $1", cluster.addresses["dan"])
