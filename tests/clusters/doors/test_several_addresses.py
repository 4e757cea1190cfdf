"""Who has several addresses is one person at every door, and is reached where their letters go."""

import asyncio
from datetime import timedelta

from kit.clock import real_now
from kit.worker import sweep
from services.clusters.directory.staff.queries import usual_domains
from services.clusters.doors.links.actions import link_path
from services.clusters.doors.lists.models import Import, ImportLine
from services.clusters.post.bounces.jobs import jobs as bounce_jobs
from services.clusters.post.unreached.models import Reason
from tests.clusters.doors.test_erasure import erased, leave, rows_that_say
from tests.clusters.doors.test_identities import signs_in
from tests.clusters.doors.test_invitations import come_in, invited, mails_to, people_of
from tests.clusters.doors.test_own_addresses import add, another, choose, confirm, has, key_for, mine, remove
from tests.clusters.doors.test_sign_in import LINK, link_for, sign_in
from tests.clusters.post import came_back
from tests.clusters.post.servers import Answering
from tests.clusters.post.test_notices import tell
from tests.clusters.post.test_unreached import FULL, NOBODY, days_pass, letter_to, me, reason, refused, send, take
from tests.people import a_cluster, accept, refusal, told

__all__ = ["another"]


async def comes_by(house, providers, subject, mail):
    """With an account of which the provider says this address."""
    return await signs_in(house, await providers["region"].has(subject, email=mail, email_verified=True))


async def test_who_is_asked_by_a_second_address_is_who_they_are_and_stands_where_they_stood(house, cluster, another):
    other = await a_cluster(house)
    address_id = await has(house, cluster.cara, another)
    before = told(await cluster.cara.clusters.get("/v1/me"))["standings"]
    asked = await invited(other.anna, other.mentor, another)
    eva = await come_in(house, another)
    assert eva.id == cluster.cara.id
    assert told(await cluster.cara.clusters.get("/v1/me"))["standings"] == before
    told(await accept(cluster.cara, asked), 201)
    assert "Cara Sykes" in await people_of(other)
    again = await invited(other.anna, other.mentor, another, "head")
    told(await remove(house, cluster.cara, address_id), 204)
    await house.rows("clusters", "update invitation set sent_at = sent_at - interval '1 hour' where id = $1", again)
    told(await other.anna.clusters.post(f"/v1/invitations/{again}/sending"), 202)
    assert (await come_in(house, cluster.addresses["cara"])).id == cluster.cara.id  # where their letters go


async def test_what_was_asked_for_is_in_the_archive_and_goes_with_who_leaves(house, cluster, another):
    await has(house, cluster.dan, f"d-{another}")
    told(await add(house, cluster.dan, another), 202)
    record = told(await cluster.dan.clusters.get("/v1/me/record"))
    assert [row["mail"] for row in record["waiting_address"]] == [another]
    assert len(record["address"]) == 2
    await house.run_jobs("clusters")
    told(await leave(house, cluster.dan, cluster.addresses["dan"]), 202)
    await erased(house)
    assert await rows_that_say(house, another) == []


async def test_the_archive_says_the_same_of_an_address_that_is_somebody_elses(house, cluster, another):
    archives = []
    for mail in (cluster.addresses["ben"], another):
        told(await add(house, cluster.cara, mail), 202)
        await house.run_jobs("clusters")
        record = told(await cluster.cara.clusters.get("/v1/me/record"))
        assert record["waiting_address"][0].pop("mail") == mail
        archives.append({name: len(rows) for name, rows in record.items() if name != "session"})
    assert archives[0] == archives[1]


async def test_an_account_with_a_second_address_is_theirs_until_the_address_is_removed(
    house, cluster, another, providers
):
    address_id = await has(house, cluster.cara, another)
    session = told(await comes_by(house, providers, f"c-{cluster.id}", another), 201)
    assert session["person_id"] == str(cluster.cara.id)
    told(await remove(house, cluster.cara, address_id), 204)
    again = told(await comes_by(house, providers, f"c-{cluster.id}", another), 201)
    assert again["person_id"] == str(cluster.cara.id)  # it is connected by itself


async def test_by_a_removed_address_no_new_account_is_theirs(house, cluster, another, providers):
    told(await remove(house, cluster.cara, await has(house, cluster.cara, another)), 204)
    assert (await comes_by(house, providers, f"r-{cluster.id}", another)).status_code == 409


async def test_a_school_knows_its_people_by_the_domain_that_they_had(house, cluster, another):
    pool = house.database("clusters").pool
    before = await usual_domains(pool, [cluster.mentee])
    assert before
    await has(house, cluster.cara, another)
    assert await usual_domains(pool, [cluster.mentee]) == before


async def test_who_is_not_reached_is_once_letters_go_to_another_address_and_stays_so(house, cluster, another):
    returned_to = await letter_to(house, cluster.cara)
    late = await letter_to(house, cluster.cara)
    assert await take(house, came_back.report(returned_to)) is Reason.no_such_address
    address_id = await has(house, cluster.cara, another)
    first, second = (await mine(cluster.cara))["addresses"]
    assert (first["unreached"]["reason"], second["unreached"]) == ("no_such_address", None)
    link, _ = await link_for(house, another)
    told(await sign_in(house, link=link), 201)
    assert await reason(cluster.cara) == "no_such_address"  # reading the second says nothing of the first
    told(await choose(house, cluster.cara, address_id), 204)
    assert await me(cluster.cara) is None
    assert await take(house, came_back.report(late)) is None
    assert await me(cluster.cara) is None
    await refused(house, cluster.cara, FULL)
    assert (await me(cluster.cara))["mail"] == another


async def test_what_becomes_of_a_letter_to_another_address_says_nothing_of_whom_mails_reach(house, cluster, another):
    await house.run_jobs("clusters")
    told(await add(house, cluster.cara, another), 202)
    await send(house, Answering(NOBODY))
    assert await me(cluster.cara) is None
    assert (await mine(cluster.cara))["waiting"]["mail"] == another
    await refused(house, cluster.cara, FULL)
    told(await cluster.cara.clusters.post("/v1/me/addresses/waiting/letters", json={}), 202)
    server = await send(house, Answering("250 OK"))
    assert [mail.rcpt_tos for mail in server.mails] == [[another]]
    assert await reason(cluster.cara) == "mailbox_full"


class Chosen(Answering):
    """A mail server that knows nobody, and is so slow that another address is chosen meanwhile."""

    def __init__(self, choosing):
        super().__init__(NOBODY)
        self.choosing, self.loop = choosing, asyncio.get_running_loop()

    async def handle_RCPT(self, *said):
        choosing, self.choosing = self.choosing, None
        if choosing:
            told(await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(choosing, self.loop)), 204)
        return await super().handle_RCPT(*said)


async def test_a_letter_that_was_under_way_says_nothing_of_the_address_that_was_chosen_meanwhile(
    house, cluster, another
):
    address_id = await has(house, cluster.cara, another)
    await house.run_jobs("clusters")
    told(await tell(house, cluster.cara), 202)
    server = await send(house, Chosen(choose(house, cluster.cara, address_id)))
    assert cluster.addresses["cara"] in {address for _, address in server.asked}
    assert (await mine(cluster.cara))["addresses"][0]["mail"] == another
    assert await me(cluster.cara) is None


async def test_who_asked_by_a_second_address_is_told_nothing_of_the_first(house, cluster, another):
    other = await a_cluster(house)
    await has(house, cluster.cara, another)
    await invited(other.anna, other.mentor, another)
    await refused(house, cluster.cara, NOBODY)
    assert await reason(cluster.cara) == "no_such_address"
    notices = told(await other.anna.clusters.get("/v1/notices"))["items"]
    assert "invitation_unreached" not in {each["kind"] for each in notices}
    page = told(await other.anna.clusters.get(f"/v1/clusters/{other.id}/invitations"))["items"]
    assert [row["unreached"] for row in page if row["mail"] == another] == [None]


async def test_a_link_of_who_had_the_address_before_lets_nobody_in(house, cluster, another):
    async with house.database("clusters").transaction() as db:
        path = link_path(db, another, timedelta(days=14), "/")
    told(await add(house, cluster.cara, another), 202)
    told(await confirm(cluster.cara, await key_for(house, another)), 204)
    key = LINK.search(path + " ")[1]
    assert refusal(await sign_in(house, link=key)) == (410, "link-expired")


async def test_lists_of_who_had_the_address_before_are_in_nobody_elses_archive(house, cluster, another):
    made_at, old = real_now() - timedelta(days=1), cluster.addresses["cara"]
    async with house.database("clusters").transaction() as db:
        made = Import(
            kind="people",
            country="CZ",
            file_name="x.csv",
            made_at=made_at,
            heading=1,
            year=2026,
            zone="UTC",
            language="en",
        )
        db.add(made)
        await db.flush()
        for number, mail in enumerate((old, another)):
            db.add(ImportLine(import_id=made.id, number=number, outcome="new", said=["Cara"], mail=mail))
    await has(house, cluster.cara, another)
    record = told(await cluster.cara.clusters.get("/v1/me/record"))
    assert [row["mail"] for row in record["import_line"]] == [old]


async def test_what_was_sent_to_a_removed_address_is_forgotten_with_it(house, cluster, another):
    address_id = await has(house, cluster.cara, another)
    await link_for(house, another)
    told(await remove(house, cluster.cara, address_id), 204)
    for table in ("mail_link", "link_request", "mailbox_mail"):
        assert await house.rows("clusters", f"select 1 from {table} where mail = $1", another) == []


async def test_no_letter_that_was_asked_for_says_by_its_digest_that_they_were_here(house, cluster, another):
    await house.rows("clusters", "delete from sign_in_try")
    for mail in (another, f"x-{another}"):
        told(await add(house, cluster.dan, mail, source=None), 202)
    told(await leave(house, cluster.dan, cluster.addresses["dan"]), 202)
    assert await house.rows("clusters", "select 1 from sign_in_try") == []


async def test_letters_elsewhere_that_do_not_come_back_end_nothing(house, cluster, another):
    assert await take(house, came_back.report(await letter_to(house, cluster.cara), status="5.2.2"))
    await has(house, cluster.cara, another)
    await house.rows("clusters", "delete from mail where person_id = $1 and return_key is not null", cluster.cara.id)
    await days_pass(house, cluster.cara, 7)
    await sweep(bounce_jobs, house.context("clusters"))
    assert await reason(cluster.cara) == "mailbox_full"


async def test_who_wants_mails_again_gets_the_link_where_letters_go(house, cluster, another):
    told(await choose(house, cluster.cara, await has(house, cluster.cara, another)), 204)
    old = len(await mails_to(house, cluster.addresses["cara"]))
    told(await cluster.cara.clusters.delete("/v1/me/unreached"), 204)
    assert "/sign-in/link" in (await mails_to(house, another))[-1]["text"]
    assert len(await mails_to(house, cluster.addresses["cara"])) == old
