"""Coming in by mail link or by password, and going out."""

import asyncio
import re
import unicodedata
from urllib.parse import unquote

from kit.worker import sweep
from services.clusters.doors.passwords.hashing import HASHER
from services.clusters.doors.signing_in.jobs import send_link
from tests.house import SECRETS
from tests.people import refusal, token_refusal, told, wrong_fields

LINK = re.compile(r"/sign-in/link\?key=([\w-]+)&to=(\S+)")


async def link_for(house, mail, to="/"):
    await house.run_jobs("clusters")  # invitations that are still on their way would lie on top of it
    await told_nothing(await house.guest.clusters.post("/v1/mail-links", json={"mail": mail, "to": to}))
    await house.run_jobs("clusters")
    rows = await house.rows("clusters", "select text from mailbox_mail where mail = $1 order by id desc", mail.lower())
    links = [found for row in rows if (found := LINK.search(row["text"]))]
    found = next((link for link in links if unquote(link[2]) == to), None)
    assert found
    return found[1], found[2]


async def told_nothing(answer):
    assert (answer.status_code, answer.json()) == (202, None)


async def sign_in(house, **way):
    web = await house.as_service("web")
    return await web.clusters.post("/v1/sessions", json=way)


async def token_for(house, secret):
    form = {"grant_type": "session", "client_id": "web", "client_secret": SECRETS["web"], "session": secret}
    return await house.guest.clusters.post("/v1/tokens", data=form)


async def test_a_mail_link_lets_in_once(house, cluster):
    key, to = await link_for(house, cluster.addresses["anna"], "/events")
    assert to == "%2Fevents"
    session = told(await sign_in(house, link=key), 201)
    assert (session["person_id"], session["language"]) == (str(cluster.anna.id), "cs")
    told(await token_for(house, session["secret"]))
    assert refusal(await sign_in(house, link=key)) == (410, "link-used")


async def test_a_link_clicked_twice_at_once_lets_in_once(house, cluster):
    key, _ = await link_for(house, cluster.addresses["anna"])
    answers = await asyncio.gather(sign_in(house, link=key), sign_in(house, link=key))
    assert sorted(answer.status_code for answer in answers) == [201, 410]


async def test_an_old_link_does_not_let_in(house, cluster):
    key, _ = await link_for(house, cluster.addresses["ben"])
    await house.rows(
        "clusters",
        "update mail_link set ends_at = now() - interval '1 second' where mail = $1",
        cluster.addresses["ben"],
    )
    assert refusal(await sign_in(house, link=key)) == (410, "link-expired")


async def test_an_invented_link_does_not_let_in(house):
    assert refusal(await sign_in(house, link="invented")) == (404, "link-unknown")


async def test_an_unknown_address_looks_like_a_known_one(house, cluster):
    for mail in ("nobody@nowhere.test", cluster.addresses["cara"]):
        await told_nothing(await house.guest.clusters.post("/v1/mail-links", json={"mail": mail}))
    await house.run_jobs("clusters")
    assert await house.rows("clusters", "select id from mailbox_mail where mail = 'nobody@nowhere.test'") == []


async def test_nobody_is_flooded_with_links(house, cluster):
    for _ in range(7):
        await told_nothing(await house.guest.clusters.post("/v1/mail-links", json={"mail": cluster.addresses["dan"]}))
    await house.run_jobs("clusters")
    asked = await house.rows(
        "clusters", "select id from mail where person_id = $1 and kind = 'sign_in_link'", cluster.dan.id
    )
    assert len(asked) == 5


async def test_a_link_may_not_lead_out_of_the_house(house):
    for to in ("//evil.test", "https://evil.test", "/\\evil.test"):
        answer = await house.guest.clusters.post("/v1/mail-links", json={"mail": "a@b.test", "to": to})
        assert answer.status_code == 422, to


async def test_a_password_lets_in_and_a_wrong_one_does_not(house, cluster):
    mail = cluster.addresses["hana"]
    told(await cluster.hana.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    assert told(await cluster.hana.clusters.get("/v1/me"))["has_password"] is True
    assert refusal(await sign_in(house, mail=mail, password="wrong horse")) == (409, "password-wrong")
    assert refusal(await sign_in(house, mail="nobody@nowhere.test", password="x")) == (409, "password-wrong")
    told(await sign_in(house, mail=mail.upper(), password="correct horse"), 201)


async def test_too_many_tries_are_stopped_even_with_the_right_password(house, cluster):
    mail = cluster.addresses["ben"]
    told(await cluster.ben.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    for _ in range(10):
        assert refusal(await sign_in(house, mail=mail, password="wrong horse")) == (409, "password-wrong")
    stopped = await sign_in(house, mail=mail, password="correct horse")
    assert refusal(stopped) == (429, "too-many-tries")
    assert stopped.headers["retry-after"] == "900"


async def test_tries_at_once_are_all_counted(house, cluster):
    answers = []
    while (429, "too-many-tries") not in answers:
        tries = [sign_in(house, mail=cluster.addresses["marie"], password=f"guess {n}") for n in range(9)]
        answers += [refusal(answer) for answer in await asyncio.gather(*tries)]
    assert answers.count((409, "password-wrong")) == 10


async def test_many_who_try_passwords_leave_the_house_to_the_others(house, cluster):
    tries = [asyncio.create_task(sign_in(house, mail=f"{n}@nowhere.test", password="a guess")) for n in range(40)]
    begun = asyncio.get_running_loop().time()
    while not any(task.done() for task in tries):
        await asyncio.sleep(0.01)
    told(await cluster.cara.clusters.get("/v1/me"))
    waited = asyncio.get_running_loop().time() - begun
    answers = [refusal(answer) for answer in await asyncio.gather(*tries)]
    assert waited < (asyncio.get_running_loop().time() - begun) / 2
    assert set(answers) == {(409, "password-wrong"), (503, "unavailable")}


async def test_a_password_is_replaced_by_who_knows_the_old_one(house, cluster):
    async def replace(password, **more):
        return await cluster.hana.clusters.put("/v1/me/password", json={"password": password} | more)

    told(await replace("correct horse"), 204)
    assert wrong_fields(await replace("stolen horse")) == {"/old_password": "missing"}
    assert wrong_fields(await replace("stolen horse", old_password="a guess")) == {"/old_password": "password_wrong"}
    told(await replace("another horse", old_password="correct horse"), 204)
    mail = cluster.addresses["hana"]
    assert refusal(await sign_in(house, mail=mail, password="correct horse")) == (409, "password-wrong")
    told(await sign_in(house, mail=mail, password="another horse"), 201)


async def test_the_old_password_is_not_guessed_on_and_on(house, cluster):
    told(await cluster.marie.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    guess = {"password": "stolen horse", "old_password": "a guess"}
    for _ in range(10):
        assert (await cluster.marie.clusters.put("/v1/me/password", json=guess)).status_code == 422
    right = guess | {"old_password": "correct horse"}
    assert refusal(await cluster.marie.clusters.put("/v1/me/password", json=right)) == (429, "too-many-tries")


async def test_a_new_password_ends_the_other_sessions(house, cluster):
    stays, ends = [told(await sign_in(house, link=(await link_for(house, cluster.addresses["cara"]))[0]), 201)["secret"]
                   for _ in range(2)]  # fmt: skip
    new = {"password": "correct horse", "session": stays}
    told(await cluster.cara.clusters.put("/v1/me/password", json=new), 204)
    told(await token_for(house, stays))
    assert token_refusal(await token_for(house, ends)) == (400, "invalid_grant")


async def test_a_session_that_ended_gets_no_token(house, cluster):
    key, _ = await link_for(house, cluster.addresses["anna"])
    session = told(await sign_in(house, link=key), 201)
    web = await house.as_service("web")
    told(await web.clusters.post("/v1/sessions/end", json={"secret": session["secret"]}), 204)
    told(await web.clusters.post("/v1/sessions/end", json={"secret": session["secret"]}), 204)
    assert token_refusal(await token_for(house, session["secret"])) == (400, "invalid_grant")


async def test_only_the_client_for_signing_in_begins_sessions(house, cluster):
    assert refusal(await cluster.anna.clusters.post("/v1/sessions", json={"link": "x"})) == (403, "forbidden")
    assert refusal(await house.guest.clusters.post("/v1/sessions", json={"link": "x"})) == (
        401,
        "unauthenticated",
    )


async def test_secrets_are_not_kept(house, cluster):
    key, _ = await link_for(house, cluster.addresses["marie"])
    session = told(await sign_in(house, link=key), 201)
    for table in ("mail_link", "session", "mail", "pgqueuer", "pgqueuer_log"):
        for row in await house.rows("clusters", f"select to_jsonb({table}) as row from {table}"):
            assert key not in str(row["row"])
            assert session["secret"] not in str(row["row"])


async def test_what_is_long_over_is_swept_away(house, cluster):
    await house.run_jobs("clusters")
    mail = cluster.addresses["dan"]
    told(await house.guest.clusters.post("/v1/mail-links", json={"mail": mail, "to": "/"}), 202)
    await house.run_jobs("clusters")
    old, older = "now() - interval '8 days'", "now() - interval '40 days'"
    counts = {
        "mail_link": f"select count(*) as n from mail_link where mail = '{mail}'",
        "mailbox_mail": f"select count(*) as n from mailbox_mail where mail = '{mail}'",
        "mail": f"select count(*) as n from mail where person_id = '{cluster.dan.id}'",
    }

    async def left():
        await sweep(house.jobs("clusters"), house.context("clusters"))
        return [(await house.rows("clusters", statement))[0]["n"] > 0 for statement in counts.values()]

    assert await left() == [True, True, True]
    await house.rows("clusters", f"update mail_link set ends_at = {old} where mail = '{mail}'")
    await house.rows("clusters", f"update mailbox_mail set at = {older} where mail = '{mail}'")
    await house.rows("clusters", f"update mail set sent_at = {older} where person_id = '{cluster.dan.id}'")
    assert await left() == [False, False, False]


async def test_who_forgot_the_password_sets_a_new_one_after_a_mail_link(house, cluster):
    told(await cluster.dan.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    told(await cluster.cara.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    key, _ = await link_for(house, cluster.addresses["dan"])
    by_link = told(await sign_in(house, link=key), 201)["secret"]
    by_password = told(await sign_in(house, mail=cluster.addresses["dan"], password="correct horse"), 201)["secret"]

    async def replace(asker, session):
        new = {"password": "another horse", "session": session}
        return await asker.clusters.put("/v1/me/password", json=new)

    for asker, session in ((cluster.dan, by_password), (cluster.cara, by_link), (cluster.dan, "unknown")):
        assert wrong_fields(await replace(asker, session)) == {"/old_password": "missing"}
    told(await replace(cluster.dan, by_link), 204)
    statement = "update session set began_at = began_at - interval '2 hours' where person_id = $1"
    await house.rows("clusters", statement, cluster.dan.id)
    assert wrong_fields(await replace(cluster.dan, by_link)) == {"/old_password": "missing"}


async def test_a_password_that_is_replaced_meanwhile_lets_nobody_in(house, cluster):
    told(await cluster.ben.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    replaced = "update password set hash = $1 where person_id = $2"
    async with house.database("clusters").pool.acquire() as connection:
        async with connection.transaction():
            await connection.execute(replaced, HASHER.hash("another horse"), cluster.ben.id)
            signing_in = asyncio.create_task(sign_in(house, mail=cluster.addresses["ben"], password="correct horse"))
            await asyncio.wait([signing_in], timeout=1)
        assert refusal(await signing_in) == (409, "password-wrong")


async def test_by_an_address_that_is_removed_meanwhile_no_password_lets_in(house, cluster):
    told(await cluster.ben.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    removed = "update address set person_id = $1 where person_id = $2"
    async with house.database("clusters").pool.acquire() as connection:
        async with connection.transaction():
            await connection.execute(removed, cluster.marie.id, cluster.ben.id)
            signing_in = asyncio.create_task(sign_in(house, mail=cluster.addresses["ben"], password="correct horse"))
            await asyncio.wait([signing_in], timeout=1)
        assert refusal(await signing_in) == (409, "password-wrong")


async def test_a_link_that_was_asked_for_is_mailed_once_and_none_that_is_swept_away(house, cluster):
    await house.run_jobs("clusters")
    mail = cluster.addresses["marie"]
    told(await house.guest.clusters.post("/v1/mail-links", json={"mail": mail, "to": "/"}), 202)
    held_up = "update link_request set asked_at = asked_at - interval '1 hour' where mail = $1"
    await house.rows("clusters", held_up, mail)
    await sweep(house.jobs("clusters"), house.context("clusters"))
    (request,) = await house.rows("clusters", "select id from link_request where mail = $1", mail)
    for _ in range(2):
        await send_link(house.context("clusters"), str(request["id"]))
    mailed = "select from mail_link where mail = $1 and invitation_id is null"
    assert len(await house.rows("clusters", mailed, mail)) == 1
    await house.rows("clusters", "delete from link_request where mail = $1", mail)
    await send_link(house.context("clusters"), str(request["id"]))


async def test_a_password_is_the_same_on_every_keyboard(house, cluster):
    composed, taken_apart = "Příliš žluťoučký kůň", unicodedata.normalize("NFD", "Příliš\u00a0žluťoučký kůň")
    told(await cluster.ben.clusters.put("/v1/me/password", json={"password": composed}), 204)
    for typed in (composed, taken_apart):
        told(await sign_in(house, mail=cluster.addresses["ben"], password=typed), 201)
    wrong = await sign_in(house, mail=cluster.addresses["ben"], password="Prilis zlutoucky kun")
    assert refusal(wrong) == (409, "password-wrong")


async def test_a_password_that_was_kept_as_it_was_typed_lets_in_and_has_one_form_from_then_on(house, cluster):
    as_typed = unicodedata.normalize("NFD", "Příliš žluťoučký kůň")
    told(await cluster.cara.clusters.put("/v1/me/password", json={"password": "another password"}), 204)
    earlier = "update password set hash = $1 where person_id = $2"
    await house.rows("clusters", earlier, HASHER.hash(as_typed), cluster.cara.id)
    composed = {"mail": cluster.addresses["cara"], "password": unicodedata.normalize("NFC", as_typed)}
    assert refusal(await sign_in(house, **composed)) == (409, "password-wrong")
    told(await sign_in(house, mail=cluster.addresses["cara"], password=as_typed), 201)
    told(await sign_in(house, **composed), 201)
