"""What people are told, once, in their language, in the app and by mail."""

import email
from uuid import uuid4

from aiosmtpd.controller import Controller

from services.clusters.post.notices import post
from tests.clusters.post.servers import Inbox
from tests.people import a_person, refusal, told
from tests.ports import free_ports
from tests.statements import Statements

COMMENTED = {"by": "Ben", "as": "question", "title": "Peruc", "text": "How long?", "text_language": "en"}


async def tell(house, *people, **changes):
    diaries = await house.as_service("diaries")
    notice = {
        "kind": "comment_posted",
        "params": COMMENTED,
        "path": "/entries/1",
    } | changes
    told_to = [notice | {"person_id": str(person.id)} for person in people]
    return await diaries.clusters.post("/v1/notices", json={"notices": told_to})


async def notices(asker):
    return told(await asker.clusters.get("/v1/notices"))["items"]


async def mails(house, person):
    await house.run_jobs("clusters")
    return await house.rows(
        "clusters",
        "select mailbox_mail.* from mailbox_mail join address using (mail) "
        "where person_id = $1 and text like '%/entries/%' order by mailbox_mail.id",
        person.id,
    )


async def test_a_thread_is_told_once_until_it_is_seen(house, cluster):
    for _ in range(3):
        told(await tell(house, cluster.cara, thread="comment:1"), 202)
    (notice,) = await notices(cluster.cara)
    assert notice["news"] == 3
    assert len(await mails(house, cluster.cara)) == 1
    told(await cluster.cara.clusters.post("/v1/notices/seen", json={"path": "/entries/1"}), 204)
    told(await tell(house, cluster.cara, thread="comment:1"), 202)
    assert [notice["seen_at"] is None for notice in await notices(cluster.cara)] == [True, False]
    assert len(await mails(house, cluster.cara)) == 2


async def test_many_are_told_with_as_many_statements_as_few(house, cluster, monkeypatch):
    counter, counts = Statements(house.database("clusters"), monkeypatch), []
    for times in (1, 4):
        people = [cluster.cara, cluster.dan, cluster.hana] * times
        for thread in (None, "comment:1"):
            for _ in range(2):
                counter.count = 0
                told(await tell(house, *people, thread=thread), 202)
                counts.append(counter.count)
    assert len(set(counts[:2] + counts[4:6])) == 1
    assert max(counts) <= 11
    by_news = [notice["news"] for notice in await notices(cluster.cara)]
    assert sorted(by_news) == [1] * 10 + [10]
    assert len(await mails(house, cluster.cara)) == 11


async def test_looking_at_one_page_leaves_news_of_another(house, cluster):
    for path in ("/entries/1", "/entries/2"):
        told(await tell(house, cluster.cara, path=path), 202)
    assert told(await cluster.cara.clusters.get("/v1/me"))["unseen"] == 2
    told(await cluster.cara.clusters.post("/v1/notices/seen", json={"path": "/entries/2"}), 204)
    assert told(await cluster.cara.clusters.get("/v1/me"))["unseen"] == 1
    told(await cluster.cara.clusters.post("/v1/notices/seen", json={}), 204)
    assert told(await cluster.cara.clusters.get("/v1/me"))["unseen"] == 0


async def test_notices_are_for_their_reader_alone(house, cluster):
    told(await tell(house, cluster.cara), 202)
    assert len(await notices(cluster.cara)) == 1
    assert await notices(cluster.dan) == []
    assert refusal(await house.guest.clusters.get("/v1/notices")) == (401, "unauthenticated")


async def test_only_neighbour_services_tell_people(house, cluster):
    answer = await cluster.anna.clusters.post("/v1/notices", json={"notices": []})
    assert refusal(answer) == (403, "forbidden")


async def test_people_whom_nobody_knows_are_passed_over(house, cluster):
    class Nobody:
        id = uuid4()

    assert told(await tell(house, cluster.cara, Nobody), 202) == {"reached": 1}


async def test_the_mailbox_is_there_only_where_the_house_is_tried_out(house, cluster):
    await tell(house, cluster.cara, cluster.dan)
    await house.run_jobs("clusters")
    mail = cluster.addresses["cara"]
    letters = told(await house.guest.clusters.get("/v1/mailbox", params={"mail": mail.upper()}))["items"]
    assert {letter["mail"] for letter in letters} == {mail}
    assert len(told(await house.guest.clusters.get("/v1/mailbox"))["items"]) > len(letters)
    app = house.apps["clusters"]
    real, app.state.settings = app.state.settings, app.state.settings.model_copy(update={"mailbox": False})
    try:
        assert refusal(await house.guest.clusters.get("/v1/mailbox")) == (404, "not-found")
    finally:
        app.state.settings = real


async def test_mails_go_to_the_server_that_is_set(house, cluster):
    await house.run_jobs("clusters")
    inbox = Inbox()
    port = free_ports()[0]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        told(await tell(house, cluster.dan), 202)
        await house.run_jobs("clusters", smtp_url=f"smtp://127.0.0.1:{port}")
    finally:
        server.stop()
    (mail,) = inbox.mails
    assert mail.rcpt_tos == [cluster.addresses["dan"]]
    assert b"Content-Language: ar" in mail.content
    (row,) = await house.rows(
        "clusters", "select * from mail where person_id = $1 and kind = 'comment_posted'", cluster.dan.id
    )
    assert row["sent_at"]
    assert row["params"] == {}


class Forgetful(Inbox):
    """A mail server that takes a mail and says that it has not."""

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(envelope)
        return "451 try again" if len(self.mails) == 1 else "250 OK"


class Choosy(Inbox):
    """A mail server that takes nothing of ours to an address that has an x."""

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("x"):
            return "554 5.7.1 Relay access denied"
        envelope.rcpt_tos.append(address)
        return "250 OK"


async def test_one_letter_that_is_not_taken_keeps_no_other_from_its_reader(house, cluster, monkeypatch):
    monkeypatch.setattr(post, "LINES", 1)
    await house.run_jobs("clusters")
    await house.rows("clusters", "update address set mail = 'x' || mail where person_id = $1", cluster.dan.id)
    inbox, port = Choosy(), free_ports()[0]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        told(await tell(house, cluster.hana, cluster.dan, cluster.cara, cluster.ben), 202)
        await house.run_jobs("clusters", smtp_url=f"smtp://127.0.0.1:{port}")
    finally:
        server.stop()
    took = {mail.rcpt_tos[0] for mail in inbox.mails}
    assert took == {cluster.addresses[name] for name in ("hana", "cara", "ben")}
    assert len(inbox.mails) == 3
    left = (
        "select person_id from mail where sent_at is null and person_id = any($1::uuid[]) and kind = 'comment_posted'"
    )
    everybody = [person.id for person in (cluster.hana, cluster.dan, cluster.cara, cluster.ben)]
    assert [row["person_id"] for row in await house.rows("clusters", left, everybody)] == [cluster.dan.id]
    await house.rows("clusters", "update pgqueuer set execute_after = now() where entrypoint = 'mail.send'")
    assert len(await mails(house, cluster.dan)) == 1


async def test_of_one_name_one_is_told_however_often_it_is_asked(house, cluster):
    name = f"once-{uuid4()}"
    for _ in range(2):
        told(await tell(house, cluster.cara, cluster.cara, once=name), 202)
    assert len(await notices(cluster.cara)) == len(await mails(house, cluster.cara)) == 1
    told(await tell(house, cluster.cara, once=f"{name}-another"), 202)
    assert len(await notices(cluster.cara)) == 2


async def test_a_mail_has_one_message_id_however_often_it_is_sent(house, cluster):
    await house.run_jobs("clusters")
    inbox, port = Forgetful(), free_ports()[0]
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        told(await tell(house, cluster.dan), 202)
        for _ in range(2):
            await house.run_jobs("clusters", smtp_url=f"smtp://127.0.0.1:{port}")
            await house.rows("clusters", "update pgqueuer set execute_after = now() where entrypoint = 'mail.send'")
    finally:
        server.stop()
    first, second = (email.message_from_bytes(mail.content)["Message-ID"] for mail in inbox.mails)
    assert first == second
    newest = "select id from mail where person_id = $1 order by id desc limit 1"
    (row,) = await house.rows("clusters", newest, cluster.dan.id)
    assert str(row["id"]) in first


async def test_a_mail_that_cannot_be_sent_is_tried_again_later(house, cluster):
    await house.run_jobs("clusters")
    told(await tell(house, cluster.dan), 202)
    await house.run_jobs("clusters", smtp_url="smtp://127.0.0.1:9")
    (job,) = await house.rows(
        "clusters",
        "select pgqueuer.* from pgqueuer "
        "join mail on mail.id::text = convert_from(payload, 'utf8')::json ->> 'mail_id' "
        "where entrypoint = 'mail.send' and mail.person_id = $1 and mail.kind = 'comment_posted'",
        cluster.dan.id,
    )
    assert (job["status"], job["attempts"] >= 1, job["execute_after"] > job["created"]) == ("queued", True, True)
    await house.rows("clusters", "update pgqueuer set execute_after = now() where id = $1", job["id"])
    assert len(await mails(house, cluster.dan)) == 1


async def test_who_reads_what_the_house_does_not_speak_gets_english_that_says_so(house, cluster):
    person = await a_person(house, cluster.mentor, "teacher", language="de")
    await house.run_jobs("clusters")
    latest = "select subject, language, text from mailbox_mail where mail = $1 order by id desc limit 1"
    mail = (await house.rows("clusters", latest, person["mail"]))[0]
    assert (mail["language"], "Hello" in mail["text"]) == ("en", True)
