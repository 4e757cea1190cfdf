"""What happens seldom at the doors: two at once, somebody who is gone, and what was done before."""

import asyncio
from uuid import UUID

from kit.clock import real_now
from services.clusters.doors.tokens.actions import signing_key
from services.clusters.doors.tokens.models import SIGNS_FOR
from tests.clusters.doors.test_invitations import invite, invited
from tests.clusters.doors.test_sign_in import link_for, sign_in
from tests.people import a_school, accept, an_official, refusal, told, wrong_fields

AGED = "update signing_key set made_at = $1"


async def test_a_school_that_nobody_leads_takes_no_teacher_whom_nobody_there_could_confirm(house, cluster):
    school_id = await a_school(house)
    demo = await house.as_service("demo")
    member = {"school_id": school_id, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member), 201)
    answer = await invite(cluster.anna, school_id, f"t-{school_id}@school.test")
    assert refusal(answer) == (409, "nobody-to-confirm")


async def test_what_the_school_has_not_confirmed_is_not_sent_again(cluster):
    asked = await invited(cluster.anna, cluster.mentee, f"eva-{cluster.id}@school.test")
    answer = await cluster.ben.clusters.post(f"/v1/invitations/{asked}/sending")
    assert refusal(answer) == (409, "not-sent-yet")


async def test_who_led_a_school_and_teaches_there_from_now_on_no_longer_invites_into_it(cluster):
    waiting = await invited(cluster.hana, cluster.mentee, f"eva-{cluster.id}@school.test", "coordinator")
    asked = await invited(cluster.ben, cluster.mentee, cluster.addresses["hana"])
    told(await accept(cluster.hana, asked), 201)
    standings = told(await cluster.hana.clusters.get("/v1/me"))["standings"]
    assert [standing["staff_role"] for standing in standings] == ["teacher"]
    assert (await cluster.ben.clusters.get(f"/v1/invitations/{waiting}")).status_code == 404


async def test_nobody_is_given_an_office_that_they_hold_meanwhile(house):
    nora = await an_official(house, "national_coordinator", "CZ")
    (row,) = await house.rows("clusters", "select mail from address where person_id = $1", nora.id)
    demo = await house.as_service("demo")
    again = {"name": "Nora", "mail": row["mail"], "kind": "national_coordinator", "country": "HR"}
    asked = told(await demo.clusters.post("/v1/offices/invitations", json=again), 201)["id"]
    await house.rows("clusters", "update office set country = 'HR' where person_id = $1", nora.id)
    assert refusal(await accept(demo, asked)) == (409, "already-in-office")


async def test_of_two_who_replace_a_password_at_once_the_later_does_not_know_the_one_there_is(house, cluster):
    told(await cluster.ben.clusters.put("/v1/me/password", json={"password": "correct horse"}), 204)
    new = [{"old_password": "correct horse", "password": f"another horse {number}"} for number in range(2)]
    answers = await asyncio.gather(*[cluster.ben.clusters.put("/v1/me/password", json=each) for each in new])
    assert sorted(answer.status_code for answer in answers) == [204, 422]
    later = next(answer for answer in answers if answer.status_code == 422)
    assert wrong_fields(later) == {"/old_password": "password_wrong"}


async def test_a_link_to_an_address_that_is_nobodys_any_more_is_unknown(house, cluster):
    key, _ = await link_for(house, cluster.addresses["marie"])
    await house.rows(
        "clusters", "update mail_link set mail = 'nobody@nowhere.test' where mail = $1", cluster.addresses["marie"]
    )
    assert refusal(await sign_in(house, link=key)) == (404, "link-unknown")


async def test_processes_that_find_the_old_key_too_old_at_once_make_one_new_key(house):
    database = house.database("clusters")

    async def sign() -> UUID:
        async with database.transaction() as db:
            key = await signing_key(db)
            await asyncio.sleep(0.2)
            return key.id

    known = [row["id"] for row in await house.rows("clusters", "select id from signing_key")]
    await house.rows("clusters", AGED, real_now() - SIGNS_FOR)  # old for signing, and trusted for a while yet
    made = set(await asyncio.gather(sign(), sign(), sign()))
    added = await house.rows("clusters", "delete from signing_key where id <> all($1) returning id", known)
    # Signed with a key that the services asked for seconds ago, tokens of the tests after this one would be refused.
    await house.rows("clusters", AGED, real_now())
    assert len(made) == 1
    assert [row["id"] for row in added] == [*made]
