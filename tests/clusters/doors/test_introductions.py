"""A provider says at which school somebody works: they say so themselves, the school says yes, nobody else is in."""

import re
from uuid import uuid4

import httpx
import pytest

from kit.worker import sweep
from services.clusters.doors.introductions.jobs import jobs
from services.clusters.post.unreached.actions import mark_unreached
from services.clusters.post.unreached.models import Reason
from services.clusters.settings import Provider
from tests.clusters.doors.test_codes import letters_to
from tests.clusters.doors.test_sign_in import sign_in
from tests.people import accept, refusal, told, wrong_fields
from tests.provider.running import signed_in_there

STAFF = {"eduperson_affiliation": ["member", "staff"]}


@pytest.fixture
async def domain(house, cluster):
    """By which the provider names the mentee school of the cluster."""
    domain = f"school-{uuid4().hex[:8]}.test"
    await school_is_named(house, cluster.mentee, domain)
    return domain


async def school_is_named(house, school_id, number):
    said = "insert into official_id (country, scheme, number, school_id) values ('CZ', 'DOMAIN', $1, $2)"
    await house.rows("clusters", said, number, school_id)


async def comes(house, provider, subject, **claims):
    """The answer of the house to somebody of whom the provider says this."""
    web = (await house.as_service("web")).clusters
    await provider.has(subject, **claims)
    begun = told(await web.post("/v1/authentication-requests", json={"provider": provider.key}), 201)
    back = httpx.URL(await signed_in_there(begun["address"], subject)).params
    answer = {"request": begun["secret"], "provider": provider.key, **back}
    return await web.post("/v1/sessions", json={"answer": answer})


async def introduced(house, provider, subject, **claims):
    return told(await comes(house, provider, subject, **claims), 201)["introduction"]


async def says_yes(house, introduction, **who):
    web = (await house.as_service("web")).clusters
    new = {"introduction": introduction, "name": "Dana Hrubá", **who}
    return await web.post("/v1/introductions/acceptance", json=new)


async def found(house, introduction):
    web = (await house.as_service("web")).clusters
    return await web.post("/v1/introductions/finding", json={"introduction": introduction})


async def asked_in(cluster):
    listed = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}/invitations"))["items"]
    return [(one["mail"], one["state"], one["by_account"]) for one in listed if one["by_account"]]


def somebody():
    return f"dana-{uuid4().hex}@school.test"


async def test_a_newcomer_says_yes_waits_for_the_school_and_is_let_in_by_the_account(house, cluster, providers, domain):
    schools, mail, subject = providers["schools"], somebody(), uuid4().hex
    claims = STAFF | {"schac_home_organization": domain, "email": mail, "email_verified": True, "name": "Dana Hrubá"}
    introduction = await introduced(house, schools, subject, **claims)
    said = told(await found(house, introduction))
    assert (said["provider"], said["name"], said["mail"], said["waits"]) == (schools.name, "Dana Hrubá", mail, True)
    ((name,),) = await house.rows("clusters", "select name from school where id = $1", cluster.mentee)
    assert said["school"] == name
    told(await says_yes(house, introduction, mail="another@school.test"), 202)
    await house.run_jobs("clusters")
    assert await asked_in(cluster) == [(mail, "proposed", schools.name)]
    assert await letters_to(house, mail) == []
    notices = told(await cluster.hana.clusters.get("/v1/notices"))["items"]
    (proposed,) = [notice for notice in notices if notice["kind"] == "invitation_proposed"]
    (letter,) = [text for text in await letters_to(house, cluster.addresses["hana"]) if schools.name in text]
    assert "Dana Hrubá" in letter
    told(await cluster.hana.clusters.put(f"/v1{proposed['path']}/confirmation"), 204)
    await house.run_jobs("clusters")
    (letter,) = await letters_to(house, mail)
    (key,) = re.findall(r"key=([\w-]+)", letter)
    dana = await house.as_person(told(await sign_in(house, link=key), 201)["person_id"])
    assert told(await dana.clusters.get("/v1/me"))["standings"] == []
    told(await accept(dana, proposed["path"].rpartition("/")[2]), 201)
    (standing,) = told(await dana.clusters.get("/v1/me"))["standings"]
    assert (standing["school_id"], standing["staff_role"]) == (cluster.mentee, "teacher")
    assert told(await comes(house, schools, subject, **claims), 201)["person_id"] == str(dana.id)


async def test_where_the_school_says_so_nobody_waits_until_who_said_it_leads_no_longer(
    house, cluster, providers, domain
):
    schools, path = providers["schools"], f"/v1/schools/{cluster.mentee}/welcome"
    assert told(await cluster.hana.clusters.get(path)) == {"waits": True, "providers": [schools.name]}
    for _ in range(2):
        assert told(await cluster.hana.clusters.put(path, json={"waits": False}))["waits"] is False
    mail = somebody()
    claims = STAFF | {"schac_home_organization": domain, "email": mail, "email_verified": True}
    introduction = await introduced(house, schools, uuid4().hex, **claims)
    assert told(await found(house, introduction))["waits"] is False
    told(await says_yes(house, introduction), 202)
    await house.run_jobs("clusters")
    assert await asked_in(cluster) == [(mail, "sent", schools.name)]
    assert len(await letters_to(house, mail)) == 1
    # Not whose address the provider does not give, nor of whom it does not say at which of its schools they work.
    typed, vague = somebody(), somebody()
    introduction = await introduced(house, schools, uuid4().hex, **STAFF, schac_home_organization=domain)
    assert told(await found(house, introduction))["waits"] is True
    told(await says_yes(house, introduction, mail=typed), 202)
    claims |= {"email": vague, "schac_home_organization": [domain, "elsewhere.test"]}
    told(await says_yes(house, await introduced(house, schools, uuid4().hex, **claims)), 202)
    await house.run_jobs("clusters")
    assert {*await asked_in(cluster)} >= {(who, "proposed", schools.name) for who in (typed, vague)}
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['hana']}"))
    assert told(await cluster.ben.clusters.get(path))["waits"] is True


@pytest.mark.parametrize("who", ["anna", "cara"])
async def test_only_who_leads_the_school_says_whether_newcomers_wait(cluster, who):
    asker, path = getattr(cluster, who).clusters, f"/v1/schools/{cluster.mentee}/welcome"
    assert {refusal(await asker.get(path)), refusal(await asker.put(path, json={"waits": False}))} == {
        (403, "forbidden")
    }


async def test_an_account_without_an_address_asks_for_one_and_lets_nobody_in_by_it(house, cluster, providers, domain):
    schools, subject = providers["schools"], uuid4().hex
    claims = STAFF | {"schac_home_organization": domain}
    introduction = await introduced(house, schools, subject, **claims)
    assert told(await found(house, introduction))["mail"] is None
    assert {*wrong_fields(await says_yes(house, introduction))} == {"/mail"}
    # Who types the address of somebody else is not them: neither now nor when they come again.
    told(await says_yes(house, introduction, mail=cluster.addresses["cara"]), 202)
    await house.run_jobs("clusters")
    assert await asked_in(cluster) == []
    await introduced(house, schools, subject, **claims)
    assert await house.rows("clusters", "select from identity where person_id = $1", cluster.cara.id) == []


async def test_who_is_on_the_staff_already_gets_a_link_to_where_the_account_is_connected(
    house, cluster, providers, domain
):
    claims, mail = STAFF | {"schac_home_organization": domain}, cluster.addresses["cara"]
    introduction = await introduced(house, providers["schools"], uuid4().hex, **claims)
    told(await says_yes(house, introduction, mail=mail), 202)
    await house.run_jobs("clusters")
    await house.run_jobs("clusters")
    (letter,) = [text for text in await letters_to(house, mail) if "to=%2Fprofile%23identities" in text]
    (key,) = re.findall(r"key=([\w-]+)", letter)
    assert told(await sign_in(house, link=key), 201)["person_id"] == str(cluster.cara.id)


async def test_what_was_typed_stands_beside_what_the_account_says(house, cluster, providers, domain):
    schools, mail = providers["schools"], somebody()
    claims = STAFF | {"schac_home_organization": domain, "name": "Petr Malý"}
    introduction = await introduced(house, schools, uuid4().hex, **claims)
    told(await says_yes(house, introduction, mail=mail, name="Dana Hrubá"), 202)
    await house.run_jobs("clusters")
    items = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}/invitations"))["items"]
    (asked,) = [one for one in items if one["mail"] == mail]
    assert (asked["name"], asked["account_name"], asked["mail_typed"]) == ("Dana Hrubá", "Petr Malý", True)
    notices = told(await cluster.hana.clusters.get("/v1/notices"))["items"]
    (line,) = [notice["line"] for notice in notices if notice["path"] == f"/invitations/{asked['id']}"]
    assert [span["text"] for span in line if span["typed"]][::2] == ["Dana Hrubá", "Petr Malý"]
    (letter,) = [text for text in await letters_to(house, cluster.addresses["hana"]) if schools.name in text]
    assert "Petr Malý" in letter


async def test_who_leads_the_school_hears_that_a_welcomed_newcomer_was_not_reached(house, cluster, providers, domain):
    schools, mail = providers["schools"], somebody()
    told(await cluster.hana.clusters.put(f"/v1/schools/{cluster.mentee}/welcome", json={"waits": False}))
    claims = STAFF | {"schac_home_organization": domain, "email": mail, "email_verified": True}
    told(await says_yes(house, await introduced(house, schools, uuid4().hex, **claims)), 202)
    await house.run_jobs("clusters")
    ((person_id,),) = await house.rows("clusters", "select person_id from address where mail = $1", mail)
    async with house.database("clusters").writing() as connection:
        await mark_unreached(connection, {person_id: Reason.no_such_address}, by_bounce=True)
    await house.run_jobs("clusters")
    for leader in (cluster.ben, cluster.hana):
        notices = told(await leader.clusters.get("/v1/notices"))["items"]
        assert [one["kind"] for one in notices].count("invitation_unreached") == 1


async def test_an_address_that_is_not_verified_is_none(house, cluster, providers, domain):
    claims = STAFF | {"schac_home_organization": domain, "email": cluster.addresses["cara"], "email_verified": False}
    introduction = await introduced(house, providers["schools"], uuid4().hex, **claims)
    assert told(await found(house, introduction))["mail"] is None


async def test_one_address_of_two_accounts_and_one_that_changed_are_no_second_person(house, cluster, providers, domain):
    schools, cara = providers["schools"], {"email": cluster.addresses["cara"], "email_verified": True}
    claims, first, second = STAFF | {"schac_home_organization": domain}, uuid4().hex, uuid4().hex
    assert told(await comes(house, schools, first, **claims, **cara), 201)["person_id"] == str(cluster.cara.id)
    introduction = await introduced(house, schools, second, **claims, **cara)
    told(await says_yes(house, introduction), 202)
    await house.run_jobs("clusters")
    assert await asked_in(cluster) == []
    changed = {"email": cluster.addresses["dan"], "email_verified": True}
    assert told(await comes(house, schools, first, **claims, **changed), 201)["person_id"] == str(cluster.cara.id)


@pytest.mark.parametrize(
    "affiliation", [{}, {"eduperson_affiliation": "student"}, {"eduperson_affiliation": ["member", "alum"]}]
)
async def test_who_learns_never_gets_in_by_an_account_not_even_with_the_address_of_a_teacher(
    house, cluster, providers, domain, affiliation
):
    claims = {"schac_home_organization": domain, "email": cluster.addresses["cara"], "email_verified": True}
    answer = await comes(house, providers["schools"], uuid4().hex, **claims, **affiliation)
    assert refusal(answer) == (409, "account-of-no-staff")


async def test_claims_are_read_anew_and_take_nobody_out(house, cluster, providers, domain):
    schools, subject = providers["schools"], uuid4().hex
    mail = {"email": cluster.addresses["cara"], "email_verified": True}
    told(await comes(house, schools, subject, **STAFF, **mail, schac_home_organization=domain), 201)
    for claims in ({}, {"eduperson_affiliation": "student"}, STAFF | {"schac_home_organization": "elsewhere.test"}):
        assert told(await comes(house, schools, subject, **claims), 201)["person_id"] == str(cluster.cara.id)
    rows = await house.rows("clusters", "select role from staff where person_id = $1", cluster.cara.id)
    assert [row["role"] for row in rows] == ["teacher"]


async def test_a_school_that_is_not_known_not_one_or_not_led_is_said_in_words(house, cluster, providers, domain):
    schools, other = providers["schools"], f"other-{uuid4().hex[:8]}.test"
    for unknown in ({}, {"schac_home_organization": other}, {"schac_home_organization": {"a": 1}}):
        answer = await comes(house, schools, uuid4().hex, **STAFF, **unknown)
        assert refusal(answer) == (409, "school-of-account-unknown")
    await school_is_named(house, cluster.mentor, other)
    answer = await comes(house, schools, uuid4().hex, **STAFF, schac_home_organization=[domain, other])
    assert refusal(answer) == (409, "several-schools-of-account")
    assert await introduced(house, schools, uuid4().hex, **STAFF, schac_home_organization=["x.test", domain.upper()])
    led = "update staff set role = 'teacher' where school_id = $1 and role <> 'teacher' returning id, role"
    await house.rows("clusters", led, cluster.mentor)
    answer = await comes(house, schools, uuid4().hex, **STAFF, schac_home_organization=other)
    assert refusal(answer) == (409, "nobody-to-confirm")


async def test_a_scoped_affiliation_says_both_what_somebody_is_and_where(house, cluster, providers, domain):
    state, other = house.apps["clusters"].state, f"other-{uuid4().hex[:8]}.test"
    await school_is_named(house, cluster.mentor, other)
    claim = "eduperson_scoped_affiliation"
    school = {"claim": claim, "staff_claim": claim, "country": "CZ", "scheme": "DOMAIN"}
    schools = providers["schools"]
    state.providers.all["schools"] = Provider.model_validate(schools.settings | {"school": school})
    both = {claim: [f"Faculty@{domain}", f"student@{other}", "member@nowhere.test"]}
    said = told(await found(house, await introduced(house, schools, uuid4().hex, **both)))
    ((name,),) = await house.rows("clusters", "select name from school where id = $1", cluster.mentee)
    assert said["school"] == name
    answer = await comes(house, schools, uuid4().hex, **{claim: f"student@{domain}"})
    assert refusal(answer) == (409, "account-of-no-staff")


async def test_an_introduction_is_used_once_ends_and_the_next_one_takes_its_place(house, cluster, providers, domain):
    schools, subject = providers["schools"], uuid4().hex
    claims = STAFF | {"schac_home_organization": domain}
    first = await introduced(house, schools, subject, **claims)
    second = await introduced(house, schools, subject, **claims)
    assert refusal(await found(house, first)) == (410, "introduction-ended")
    told(await says_yes(house, second, mail=somebody()), 202)
    assert refusal(await says_yes(house, second, mail=somebody())) == (410, "introduction-ended")
    third = await introduced(house, schools, subject, **claims)
    await house.rows("clusters", "update introduction set ends_at = now() - interval '1 second'")
    assert refusal(await found(house, third)) == (410, "introduction-ended")
    await sweep(jobs, house.context("clusters"))
    assert await house.rows("clusters", "select from introduction") == []


async def test_what_was_not_heard_is_asked_for_again(house, cluster, providers, domain):
    schools, mail = providers["schools"], {"email": cluster.addresses["cara"], "email_verified": True}
    claims, subject = STAFF | {"schac_home_organization": domain}, uuid4().hex
    await schools.spoils(path="/me", status=500)
    assert refusal(await comes(house, schools, subject, **claims, **mail)) == (502, "provider-away")
    await schools.spoils()
    told(await comes(house, schools, subject, **claims, **mail), 201)
    await schools.spoils(path="/me", status=500)
    told(await comes(house, schools, subject, **claims, **mail), 201)


async def test_programs_are_not_introduced(house, cluster):
    for asker in (cluster.cara, house.guest):
        for path in ("finding", "acceptance"):
            new = {"introduction": "x", "name": "Dana"}
            assert refusal(await asker.clusters.post(f"/v1/introductions/{path}", json=new))[0] in (401, 403)
