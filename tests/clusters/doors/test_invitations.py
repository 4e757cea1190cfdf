"""Nobody belongs anywhere before their own yes, and nobody is given what the giver could not give."""

import asyncio
from datetime import timedelta

import pytest

from kit.clock import now
from tests.clusters.doors.test_clients import acting_for
from tests.house import Asker
from tests.people import a_cluster, a_person, a_school, accept, an_office, an_official, refusal, told, wrong_fields


async def invite(asker: Asker, school_id, mail, role="teacher", name="Eva Ježková"):
    new = {"name": name, "mail": mail, "role": role, "language": "cs"}
    return await asker.clusters.post(f"/v1/schools/{school_id}/invitations", json=new)


async def invited(asker, school_id, mail, role="teacher"):
    """The id of an invitation."""
    return told(await invite(asker, school_id, mail, role), 201)["id"]


async def mails_to(house, mail):
    await house.run_jobs("clusters")
    return await house.rows("clusters", "select * from mailbox_mail where mail = $1 order by id", mail)


async def come_in(house, mail):
    """Whoever reads this mailbox, signed in by the newest link in it."""
    letters = await mails_to(house, mail)
    key = letters[-1]["text"].partition("key=")[2].partition("&")[0]
    web = await house.as_service("web")
    begun = told(await web.clusters.post("/v1/sessions", json={"link": key}), 201)
    return await house.as_person(begun["person_id"])


async def people_of(cluster):
    page = told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}/people"))
    return {person["name"] for person in page["items"]}


async def listed(asker, cluster):
    page = told(await asker.clusters.get(f"/v1/clusters/{cluster.id}/invitations"))
    return {row["mail"]: row["state"] for row in page["items"]}


async def test_whoever_is_invited_belongs_to_the_school_once_they_say_yes(house, cluster):
    mail = f"eva-{cluster.id}@school.test"
    asked = await invited(cluster.ben, cluster.mentee, mail.upper())
    assert "Eva Ježková" not in await people_of(cluster)
    assert await listed(cluster.ben, cluster) == {mail: "sent"}
    eva = await come_in(house, mail)
    assert told(await eva.clusters.get("/v1/me"))["standings"] == []
    assert [i["id"] for i in told(await eva.clusters.get("/v1/me"))["invitations"]] == [asked]
    told(await accept(eva, asked), 201)
    assert "Eva Ježková" in await people_of(cluster)
    assert await listed(cluster.ben, cluster) == {}
    assert refusal(await accept(eva, asked)) == (404, "not-found")


async def test_somebody_who_is_known_is_put_nowhere_without_their_yes(house, cluster):
    other = await a_cluster(house)
    asked = await invited(other.anna, other.mentor, cluster.addresses["cara"])
    me = told(await cluster.cara.clusters.get("/v1/me"))
    assert {standing["cluster_id"] for standing in me["standings"]} == {cluster.id}
    told(await cluster.cara.clusters.post(f"/v1/invitations/{asked}/refusal"), 204)
    assert await listed(other.anna, other) == {cluster.addresses["cara"]: "declined"}
    again = await invited(other.anna, other.mentor, cluster.addresses["cara"])
    told(await accept(cluster.cara, again), 201)
    me = told(await cluster.cara.clusters.get("/v1/me"))
    assert {standing["cluster_id"] for standing in me["standings"]} == {cluster.id, other.id}
    assert me["name"] == "Cara Sykes"


async def test_nobody_says_yes_for_somebody_else(cluster):
    asked = await invited(cluster.ben, cluster.mentee, f"eva-{cluster.id}@school.test")
    for asker, status in ((cluster.ben, 403), (cluster.cara, 404), (cluster.marie, 404)):
        assert refusal(await accept(asker, asked))[0] == status


async def test_the_mentor_coordinator_proposes_a_teacher_and_the_school_says_yes_first(house, cluster):
    mail = f"by-anna-{cluster.id}@school.test"
    asked = await invited(cluster.anna, cluster.mentee, mail)
    assert await mails_to(house, mail) == []
    assert await listed(cluster.anna, cluster) == {mail: "proposed"}
    letters = await mails_to(house, cluster.addresses["hana"])
    assert any(f"/invitations/{asked}" in letter["text"] for letter in letters)
    confirmation = f"/v1/invitations/{asked}/confirmation"
    assert refusal(await cluster.anna.clusters.put(confirmation)) == (403, "forbidden")
    told(await cluster.hana.clusters.put(confirmation), 204)
    told(await cluster.ben.clusters.put(confirmation), 204)
    assert len(await mails_to(house, mail)) == 1
    told(await accept(await come_in(house, mail), asked), 201)


@pytest.mark.parametrize("role", ["coordinator", "head"])
async def test_a_leading_role_is_given_inside_the_school(house, cluster, role):
    national = await an_official(house, "national_coordinator", "CZ")
    programme = await an_official(house, "programme_coordinator")
    for asker in (cluster.anna, national, programme):
        answer = await invite(asker, cluster.mentee, f"me-too-{cluster.id}@school.test", role)
        assert refusal(answer) == (403, "forbidden")
    asked = await invited(cluster.ben, cluster.mentee, cluster.addresses["dan"], role)
    told(await accept(cluster.dan, asked), 201)
    standings = told(await cluster.dan.clusters.get("/v1/me"))["standings"]
    assert [standing["staff_role"] for standing in standings] == [role]


async def test_the_first_coordinator_of_a_school_is_named_from_above_and_there_is_one_first(house, cluster):
    national = await an_official(house, "national_coordinator", "CZ")
    school_id = await a_school(house)
    teacher = await invite(cluster.anna, school_id, f"t-{school_id}@school.test")
    assert refusal(teacher) == (404, "not-found")
    first, second = [await invited(national, school_id, f"{n}-{school_id}@school.test", "coordinator") for n in "12"]
    one, two = [await come_in(house, f"{n}-{school_id}@school.test") for n in "12"]
    answers = await asyncio.gather(accept(one, first), accept(two, second))
    assert sorted(answer.status_code for answer in answers) == [201, 409]
    refused = next(answer for answer in answers if answer.status_code == 409)
    assert refusal(refused) == (409, "led-meanwhile")


async def test_programs_give_no_standing(house, cluster):
    acting = await acting_for(house, cluster, cluster.anna)
    answer = await invite(acting, cluster.mentor, f"program-{cluster.id}@evil.test")
    assert refusal(answer) == (403, "forbidden")
    other = await a_cluster(house)
    asked = await invited(other.anna, other.mentor, cluster.addresses["cara"])
    as_cara = await acting_for(house, cluster, cluster.cara)
    assert refusal(await accept(as_cara, asked)) == (404, "not-found")
    listed_here = told(await as_cara.clusters.get("/v1/me"))["invitations"]
    assert listed_here == []


async def test_an_office_begins_with_the_persons_own_yes(house, cluster):
    programme = await an_official(house, "programme_coordinator")
    new = {"name": "C", "mail": cluster.addresses["cara"], "kind": "national_coordinator", "country": "CZ"}
    asked = told(await programme.clusters.post("/v1/offices/invitations", json=new), 201)["id"]
    assert told(await cluster.cara.clusters.get("/v1/me"))["offices"] == []
    assert refusal(await programme.clusters.post("/v1/offices/invitations", json=new)) == (409, "already-invited")
    told(await accept(cluster.cara, asked), 201)
    offices = told(await cluster.cara.clusters.get("/v1/me"))["offices"]
    assert offices == [{"kind": "national_coordinator", "country": "CZ"}]


async def test_an_invitation_is_sent_again_with_a_new_link_and_not_at_once(house, cluster):
    mail = f"again-{cluster.id}@school.test"
    asked = await invited(cluster.ben, cluster.mentee, mail)
    sending = f"/v1/invitations/{asked}/sending"
    assert refusal(await cluster.ben.clusters.post(sending)) == (409, "sent-already")
    (first,) = await mails_to(house, mail)
    await ago(house, asked, days=15)
    assert await listed(cluster.hana, cluster) == {mail: "expired"}
    eva = await house.as_person((await house.rows("clusters", PERSON, mail))[0]["person_id"])
    assert refusal(await accept(eva, asked)) == (410, "invitation-expired")
    told(await cluster.hana.clusters.post(sending), 202)
    _, second = await mails_to(house, mail)
    assert await listed(cluster.hana, cluster) == {mail: "sent"}
    web = await house.as_service("web")
    keys = [letter["text"].partition("key=")[2].partition("&")[0] for letter in (first, second)]
    statuses = [(await web.clusters.post("/v1/sessions", json={"link": key})).status_code for key in keys]
    assert statuses == [410, 201]


PERSON = "select person_id from address where mail = $1"


async def ago(house, invitation_id, **then):
    """As if an invitation had been sent before."""
    moved = timedelta(**then)
    await house.rows(
        "clusters",
        "update invitation set sent_at = sent_at - $2::interval, ends_at = ends_at - $2::interval where id = $1",
        invitation_id,
        moved,
    )


async def test_a_withdrawn_invitation_lets_nobody_in(house, cluster):
    mail = f"withdrawn-{cluster.id}@school.test"
    asked = await invited(cluster.ben, cluster.mentee, mail)
    (letter,) = await mails_to(house, mail)
    assert refusal(await cluster.cara.clusters.delete(f"/v1/invitations/{asked}")) == (404, "not-found")
    told(await cluster.hana.clusters.delete(f"/v1/invitations/{asked}"), 204)
    web = await house.as_service("web")
    key = letter["text"].partition("key=")[2].partition("&")[0]
    assert refusal(await web.clusters.post("/v1/sessions", json={"link": key})) == (410, "link-expired")
    assert await listed(cluster.ben, cluster) == {}
    assert refusal(await cluster.ben.clusters.delete(f"/v1/invitations/{asked}")) == (404, "not-found")


async def test_an_invitation_ends_with_the_standing_of_whoever_gave_it(house, cluster):
    mail = f"second-{cluster.id}@school.test"
    asked = await invited(cluster.ben, cluster.mentee, mail, "coordinator")
    second = await come_in(house, mail)
    other = await a_person(house, cluster.mentee, "coordinator")
    told(await cluster.hana.clusters.delete(f"/v1/staff/{cluster.staff['ben']}"))
    assert refusal(await accept(second, asked)) == (404, "not-found")
    by_other = await house.as_person(other["person_id"])
    asked = await invited(by_other, cluster.mentee, mail, "coordinator")
    await a_person(house, cluster.mentee, "coordinator")
    told(await cluster.hana.clusters.put(f"/v1/staff/{other['staff_id']}/role", json={"role": "teacher"}))
    assert refusal(await accept(second, asked)) == (404, "not-found")


async def test_an_invitation_into_an_office_ends_with_the_office_of_whoever_gave_it(house, cluster):
    demo = await house.as_service("demo")
    new = {"name": "P", "mail": f"p-{cluster.id}@office.test", "kind": "programme_coordinator"}
    office = await an_office(demo, new)
    programme = await house.as_person(office["person_id"])
    further = new | {"mail": f"second-{cluster.id}@office.test"}
    asked = told(await programme.clusters.post("/v1/offices/invitations", json=further), 201)["id"]
    second = await come_in(house, further["mail"])
    told(await demo.clusters.delete(f"/v1/offices/{office['office_id']}"))
    assert refusal(await accept(second, asked)) == (404, "not-found")


async def test_who_proposed_sends_again_only_while_they_still_could(house, cluster):
    asked = await invited(cluster.anna, cluster.mentee, f"eva-{cluster.id}@school.test")
    told(await cluster.hana.clusters.put(f"/v1/invitations/{asked}/confirmation"), 204)
    sending = f"/v1/invitations/{asked}/sending"
    assert refusal(await cluster.anna.clusters.post(sending)) == (409, "sent-already")
    other = await a_person(house, cluster.mentor, "coordinator")
    by_other = await house.as_person(other["person_id"])
    told(await by_other.clusters.delete(f"/v1/staff/{cluster.staff['anna']}"))
    assert refusal(await cluster.anna.clusters.post(sending)) == (403, "forbidden")


async def test_nobody_is_flooded_with_invitations(house, cluster):
    mail = f"eva-{cluster.id}@school.test"
    for _ in range(10):
        asked = await invited(cluster.ben, cluster.mentee, mail)
        told(await cluster.ben.clusters.delete(f"/v1/invitations/{asked}"), 204)
    assert refusal(await invite(cluster.ben, cluster.mentee, mail)) == (409, "sent-already")


async def test_nobody_is_invited_twice(cluster):
    await invited(cluster.ben, cluster.mentee, f"eva-{cluster.id}@school.test")
    again = await invite(cluster.hana, cluster.mentee, f"EVA-{cluster.id}@school.test")
    assert refusal(again) == (409, "already-invited")
    works_there = await invite(cluster.hana, cluster.mentee, cluster.addresses["cara"])
    assert refusal(works_there) == (409, "already-staff")


async def test_the_last_coordinator_does_not_accept_another_role(cluster):
    asked = await invited(cluster.hana, cluster.mentee, cluster.addresses["ben"], "head")
    assert refusal(await accept(cluster.ben, asked)) == (409, "last-coordinator")


async def test_two_schools_that_invite_the_same_new_person_at_once_find_one_person(house, cluster):
    for number in range(3):
        mail = f"two-{number}-{cluster.id}@school.test"
        await asyncio.gather(invited(cluster.anna, cluster.mentor, mail), invited(cluster.ben, cluster.mentee, mail))
        rows = await house.rows("clusters", "select distinct person_id from invitation where mail = $1", mail)
        assert len(rows) == 1


async def test_nobody_is_invited_to_whom_no_mail_can_be_written(cluster):
    for mail in ("a,b@x.test", "a..b@x.test", "a<b@x.test", "(a)@x.test"):
        assert wrong_fields(await invite(cluster.ben, cluster.mentee, mail)) == {"/mail": "mail_invalid"}
    answer = await invite(cluster.ben, cluster.mentee, "eva@x.test", name="Eva\nBcc: x")
    assert wrong_fields(answer) == {"/name": "string_pattern_mismatch"}


async def test_a_teacher_invites_nobody_and_sees_no_addresses(cluster):
    answer = await invite(cluster.cara, cluster.mentee, "nobody@school.test")
    assert refusal(answer) == (403, "forbidden")
    assert "leader_of_the_school_in_person" in answer.json()["params"]["who"]
    await invited(cluster.ben, cluster.mentee, f"eva-{cluster.id}@school.test")
    assert await listed(cluster.cara, cluster) == {}
    assert await listed(cluster.marie, cluster) == {}


async def test_invitations_come_page_by_page_without_loss(cluster):
    for number in range(5):
        await invited(cluster.ben, cluster.mentee, f"page-{number}-{cluster.id}@school.test")
    seen, after = [], None
    while True:
        params = {"limit": 2} | ({"after": after} if after else {})
        page = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}/invitations", params=params))
        seen += [row["id"] for row in page["items"]]
        if (after := page["next"]) is None:
            break
    assert len(set(seen)) == len(seen) == 5


async def test_an_accepted_link_is_no_way_in_later(house, cluster):
    mail = f"later-{cluster.id}@school.test"
    asked = await invited(cluster.ben, cluster.mentee, mail)
    eva = await house.as_person((await house.rows("clusters", PERSON, mail))[0]["person_id"])
    told(await accept(eva, asked), 201)
    rows = await house.rows("clusters", "select ends_at from mail_link where mail = $1", mail)
    assert all(row["ends_at"] <= now() for row in rows)
