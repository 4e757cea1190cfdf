"""Who has several addresses is one person at every door, and is reached where their letters go."""

from kit.worker import sweep
from services.clusters.directory.staff.queries import usual_domains
from services.clusters.post.bounces.jobs import jobs as bounce_jobs
from services.clusters.post.unreached.models import Reason
from tests.clusters.doors.test_erasure import erased, leave, rows_that_say
from tests.clusters.doors.test_identities import signs_in
from tests.clusters.doors.test_invitations import come_in, invited, mails_to, people_of
from tests.clusters.doors.test_own_addresses import add, another, choose, has, mine, remove
from tests.clusters.doors.test_sign_in import link_for, sign_in
from tests.clusters.post import came_back
from tests.clusters.post.servers import Answering
from tests.clusters.post.test_unreached import FULL, NOBODY, days_pass, letter_to, me, reason, refused, send, take
from tests.people import a_cluster, accept, told

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
    for mail in (another, cluster.addresses["ben"]):
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
