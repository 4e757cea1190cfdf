"""Whom mails do not reach: what mail servers say becomes known to who can do something about it, and to nobody else."""

import re

from kit.worker import sweep
from services.clusters.post.bounces.actions import take_bounce
from services.clusters.post.bounces.jobs import jobs as bounce_jobs
from services.clusters.post.unreached.models import Fault, Reason
from tests.clusters.doors.test_invitations import come_in, invite, invited
from tests.clusters.doors.test_sign_in import link_for
from tests.clusters.post import came_back
from tests.clusters.post.servers import Answering, Inbox, serving
from tests.clusters.post.test_notices import mails, notices, tell
from tests.people import an_official, refusal, told

BOUNCES_TO = "bounces@house.test"
RETURNED = re.compile(r"bounces\+[0-9a-f]{32}@house\.test")
NOBODY, FULL = "550 5.1.1 User unknown", "552 5.2.2 Mailbox full"


async def me(asker):
    return told(await asker.clusters.get("/v1/me"))["unreached"]


async def reason(asker):
    found = await me(asker)
    return found and found["reason"]


async def send(house, server, *, again=False, **settings):
    """What waits in the post goes to this server, and what is to be tried later, too."""
    if again:
        await house.rows("clusters", "update pgqueuer set execute_after = now() where entrypoint = 'mail.send'")
    with serving(server) as url:
        await house.run_jobs("clusters", smtp_url=url, **settings)
    return server


async def refused(house, person, answer=NOBODY):
    """A notice to this person, which their server answers so."""
    await house.run_jobs("clusters")
    told(await tell(house, person), 202)
    return await send(house, Answering(answer))


async def letter_to(house, person, **settings):
    """The address that a letter to this person comes back to."""
    await house.run_jobs("clusters")
    told(await tell(house, person), 202)
    inbox = await send(house, Inbox(), bounces_to=BOUNCES_TO, **settings)
    return inbox.mails[-1].mail_from


async def take(house, mail, returned_to=""):
    meaning = await take_bounce(house.database("clusters"), mail, returned_to)
    await house.run_jobs("clusters")
    return meaning


async def days_pass(house, person, days):
    moved = "update mail set sent_at = sent_at - $2 * interval '1 day' where person_id = $1"
    await house.rows("clusters", moved, person.id, days)
    moved = "update unreached set told_at = told_at - $2 * interval '1 day' where person_id = $1"
    await house.rows("clusters", moved, person.id, days)


async def test_who_has_no_such_address_gets_no_more_news_by_mail_but_links_to_sign_in(house, cluster):
    await refused(house, cluster.cara)
    assert await me(cluster.cara) == {
        "reason": "no_such_address", "mail": cluster.addresses["cara"], "since": (await me(cluster.cara))["since"],
    }  # fmt: skip
    kept = await house.rows("clusters", "select id from mail where person_id = $1 and sent_at is null", cluster.cara.id)
    assert kept == []
    told(await tell(house, cluster.cara), 202)
    server = await send(house, Inbox())
    assert server.mails == []
    assert len(await notices(cluster.cara)) == 2  # in the app it stands
    assert await link_for(house, cluster.addresses["cara"])  # this one is tried, and it is over once it is taken
    assert await me(cluster.cara) is None


async def test_what_may_pass_is_tried_again_with_growing_pauses_until_it_is_taken(house, cluster):
    server = await refused(house, cluster.cara, "451 4.7.1 Greylisted")
    assert (len(server.asked), await me(cluster.cara)) == (1, None)
    waits = "select extract(epoch from execute_after - now())::int as s from pgqueuer where entrypoint = 'mail.send'"
    (first,) = await house.rows("clusters", waits)
    await house.rows("clusters", "update mail set queued_at = queued_at - interval '1 hour' where sent_at is null")
    await send(house, Answering("451 4.7.1 Greylisted"), again=True)
    (second,) = await house.rows("clusters", waits)
    assert (50 < first["s"] <= 60, 3500 < second["s"] < 3700) == (True, True)
    server = await send(house, Answering("250 OK"), again=True)
    assert len(server.mails) == 1
    assert await me(cluster.cara) is None


async def test_after_days_without_an_answer_somebody_is_not_reached_but_still_written_to(house, cluster):
    await refused(house, cluster.cara, "451 try later")
    await house.rows("clusters", "update mail set queued_at = queued_at - interval '3 days' where sent_at is null")
    await send(house, Answering("451 try later"), again=True)
    assert await reason(cluster.cara) == "no_answer"
    left = "select id from mail where person_id = $1 and sent_at is null"
    assert not await house.rows("clusters", left, cluster.cara.id)
    told(await tell(house, cluster.cara), 202)
    server = await send(house, Inbox())
    assert len(server.mails) == 1
    assert await me(cluster.cara) is None  # taken: it is over


async def test_a_full_mailbox_is_over_with_the_next_letter_that_is_taken(house, cluster):
    await refused(house, cluster.cara, FULL)
    assert await reason(cluster.cara) == "mailbox_full"
    told(await tell(house, cluster.cara), 202)
    assert len((await send(house, Inbox())).mails) == 1
    assert await me(cluster.cara) is None


async def test_what_this_house_or_its_mail_server_does_wrong_is_nobodys_address(house, cluster):
    for answer in ("554 5.7.1 Relay access denied", "550 5.7.26 SPF did not pass"):
        await refused(house, cluster.cara, answer)
        assert await me(cluster.cara) is None
    await house.rows("clusters", "update pgqueuer set execute_after = now() where entrypoint = 'mail.send'")
    assert len(await mails(house, cluster.cara)) == 2  # nothing of it is lost
    told(await tell(house, cluster.cara), 202)
    await house.run_jobs("clusters", smtp_url="smtp://127.0.0.1:9")
    assert await me(cluster.cara) is None


async def test_a_letter_that_came_back_says_whom_mails_do_not_reach(house, cluster):
    returned_to = await letter_to(house, cluster.cara)
    assert RETURNED.fullmatch(returned_to)
    assert await take(house, came_back.report(returned_to)) is Reason.no_such_address
    assert await reason(cluster.cara) == "no_such_address"
    assert await me(cluster.dan) is None
    # What the server takes now says nothing: it took the one that came back, too.
    told(await cluster.cara.clusters.post("/v1/notices/seen", json={}), 204)
    web = await house.as_service("web")
    told(await web.clusters.post("/v1/mail-links", json={"mail": cluster.addresses["cara"], "to": "/"}), 202)
    assert len((await send(house, Inbox())).mails) == 1
    assert await reason(cluster.cara) == "no_such_address"


async def test_nobody_makes_somebody_unreached_without_the_key_of_a_letter(house, cluster):
    returned_to = await letter_to(house, cluster.cara)
    forged = re.sub("[0-9a-f]{32}", "0" * 32, returned_to)
    (mail,) = await house.rows(
        "clusters", "select id from mail where person_id = $1 order by id desc limit 1", cluster.cara.id
    )
    for address in (forged, BOUNCES_TO, cluster.addresses["cara"], f"bounces+{mail['id'].hex}@house.test"):
        assert await take(house, came_back.report(address)) is None
        assert await take(house, came_back.report(BOUNCES_TO), address.partition("+")[2]) is None
    assert await me(cluster.cara) is None
    extension = returned_to.partition("+")[2].partition("@")[0]
    assert await take(house, came_back.report(BOUNCES_TO), extension) is Reason.no_such_address


async def test_who_is_away_or_has_read_it_or_waits_for_it_is_reached(house, cluster):
    returned_to = await letter_to(house, cluster.cara)
    for mail in (
        came_back.plain(came_back.AWAY, returned_to),
        came_back.READ.format(to=returned_to).encode(),
        came_back.report(returned_to, action="delayed", status="4.4.1"),
        b"",
    ):
        assert await take(house, mail, returned_to) is None
    assert await me(cluster.cara) is None


async def test_a_link_from_the_mail_proves_that_mails_reach_somebody(house, cluster):
    mail = f"eva-{cluster.id}@school.test"
    await invited(cluster.ben, cluster.mentee, mail)
    eva = await come_in(house, mail)
    assert await take(house, came_back.report(await letter_to(house, eva))) is Reason.no_such_address
    web = await house.as_service("web")
    told(await web.clusters.post("/v1/sessions", json={"link": (await link_for(house, mail))[0]}), 201)
    assert await me(eva) is None


async def test_whoever_calls_our_mails_junk_gets_none_until_they_want_them_again(house, cluster):
    first, second = [await letter_to(house, cluster.cara) for _ in range(2)]
    assert await take(house, came_back.ABUSE.format(to=first, kind="abuse").encode()) is Reason.junk
    assert await take(house, came_back.report(second)) is Reason.no_such_address
    link, _ = await link_for(house, cluster.addresses["cara"])
    told(await (await house.as_service("web")).clusters.post("/v1/sessions", json={"link": link}), 201)
    assert await reason(cluster.cara) == "junk"
    people = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}/people"))["items"]
    assert not any(person["unreached"] for person in people)  # nobody else's business
    told(await cluster.cara.clusters.delete("/v1/me/unreached"), 204)
    assert await me(cluster.cara) is None
    told(await tell(house, cluster.cara), 202)
    sent = (await send(house, Inbox())).mails
    assert len(sent) == 2  # a link at once, and the news


async def test_letters_that_come_back_no_more_end_it(house, cluster):
    await take(house, came_back.report(await letter_to(house, cluster.cara), status="5.2.2"))
    await days_pass(house, cluster.cara, 7)
    await sweep(bounce_jobs, house.context("clusters"))
    assert await reason(cluster.cara) == "mailbox_full"  # the letter that came back is no proof
    await letter_to(house, cluster.cara)
    await sweep(bounce_jobs, house.context("clusters"))
    assert await reason(cluster.cara) == "mailbox_full"  # this one may still come back
    await days_pass(house, cluster.cara, 7)
    await sweep(bounce_jobs, house.context("clusters"))
    assert await me(cluster.cara) is None


async def test_who_leads_the_school_reads_whom_mails_do_not_reach_and_nobody_else_does(house, cluster):
    await refused(house, cluster.cara)
    path = f"/v1/clusters/{cluster.id}/people"
    for asker, reads in ((cluster.ben, True), (cluster.hana, True), (cluster.anna, False), (cluster.dan, False)):
        people = {each["person_id"]: each["unreached"] for each in told(await asker.clusters.get(path))["items"]}
        assert bool(people[str(cluster.cara.id)]) is reads
        assert people[str(cluster.dan.id)] is None


async def test_who_invited_is_told_once_for_a_batch_and_sees_why(house, cluster):
    await house.run_jobs("clusters")
    wrong = [f"{n}-{cluster.id}@school.invalid" for n in "abc"]
    for mail in wrong:
        told(await invite(cluster.ben, cluster.mentee, mail), 201)
    inbox = await send(house, Inbox())
    (notice,) = [one for one in await notices(cluster.ben) if one["kind"] == "invitation_unreached"]
    assert notice["news"] == 3
    told_by_mail = [mail for mail in inbox.mails if mail.rcpt_tos == [cluster.addresses["ben"]]]
    assert len(told_by_mail) == 1
    assert not any(mail.rcpt_tos[0] in wrong for mail in inbox.mails)
    page = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}/invitations"))["items"]
    assert {row["mail"]: row["unreached"]["reason"] for row in page} == dict.fromkeys(wrong, "no_such_address")
    shown = told(await cluster.ben.clusters.get(notice["path"].replace("/invitations", "/v1/invitations")))
    assert shown["unreached"]["since"]
    assert {row["kind"] for row in await notices(cluster.hana)} == set()


async def test_operators_see_how_many_and_no_addresses(house, cluster):
    programme = await an_official(house, "programme_coordinator")
    before = told(await programme.clusters.get("/v1/bounces"))
    first, second = [await letter_to(house, cluster.cara) for _ in range(2)]
    assert await take(house, came_back.report(first, status="5.7.1", diagnostic="relaying denied")) is Fault.ours
    await take(house, came_back.report(second))
    assert await take(house, came_back.report(second)) is None  # a letter comes back once
    after = told(await programme.clusters.get("/v1/bounces"))
    times = [{one["meaning"]: one["times"] for one in shown["bounces"]} for shown in (before, after)]
    for meaning in ("ours", "no_such_address"):
        assert times[1][meaning] == times[0].get(meaning, 0) + 1
    assert (after["unreached"], after["come_back"]) == (before["unreached"] + 1, False)
    assert cluster.addresses["cara"] not in str(after)
    assert refusal(await cluster.anna.clusters.get("/v1/bounces")) == (403, "forbidden")
    for kind, data in [(r["kind"], r["data"]) for r in await house.rows("clusters", "select kind, data from fact")]:
        assert "@" not in str(data), kind
