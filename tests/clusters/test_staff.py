"""Who works at a school, in which role."""

import asyncio
from uuid import UUID

import pytest

from kit.problems import NotFound
from services.clusters.staff.actions import change_role
from services.clusters.staff.models import Staff, StaffRole
from tests.people import a_cluster, a_person, refusal, told, wrong_fields


async def invite(asker, school_id, mail, role="teacher"):
    new = {"name": "Eva Ježková", "mail": mail, "role": role, "language": "cs"}
    return await asker.clusters.post(f"/v1/schools/{school_id}/staff", json=new)


async def mails_to(house, mail):
    await house.run_jobs("clusters")
    return await house.rows("clusters", "select * from mailbox_mail where mail = $1 order by id", mail)


async def test_whoever_is_invited_gets_a_mail_that_lets_them_in(house, cluster):
    told(await invite(cluster.ben, cluster.mentee, "Eva.Invited@School.test"), 201)
    (mail,) = await mails_to(house, "eva.invited@school.test")
    assert mail["language"] == "cs"
    assert "/sign-in/link?key=" in mail["text"]
    people = told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}/people"))["items"]
    assert "Eva Ježková" in [person["name"] for person in people]


async def test_nobody_is_invited_to_whom_no_mail_can_be_written(cluster):
    invited = f"/v1/schools/{cluster.mentee}/staff"
    for mail in ("a,b@x.test", "a..b@x.test", "a<b@x.test", "(a)@x.test"):
        answer = await cluster.ben.clusters.post(invited, json={"name": "Eva", "mail": mail})
        assert wrong_fields(answer) == {"/mail": "mail_invalid"}
    answer = await cluster.ben.clusters.post(invited, json={"name": "Eva\nBcc: x", "mail": "eva@x.test"})
    assert wrong_fields(answer) == {"/name": "string_pattern_mismatch"}


async def test_nobody_is_invited_twice(cluster):
    told(await invite(cluster.ben, cluster.mentee, f"eva-{cluster.id}@school.test"), 201)
    again = await invite(cluster.hana, cluster.mentee, f"EVA-{cluster.id}@school.test")
    assert refusal(again) == (409, "already-staff")


async def test_whoever_is_known_already_keeps_their_name(house, cluster):
    other = await a_cluster(house)
    told(await invite(other.anna, other.mentor, cluster.addresses["cara"]), 201)
    me = told(await cluster.cara.clusters.get("/v1/me"))
    assert me["name"] == "Cara Sykes"
    assert {standing["cluster_id"] for standing in me["standings"]} == {cluster.id, other.id}


async def test_the_mentor_coordinator_invites_into_every_school_of_the_cluster(cluster):
    told(await invite(cluster.anna, cluster.mentee, f"by-anna-{cluster.id}@school.test"), 201)


async def test_a_teacher_invites_nobody(cluster):
    answer = await invite(cluster.cara, cluster.mentee, "nobody@school.test")
    assert refusal(answer) == (403, "forbidden")
    assert "coordinator_or_head_of_the_school" in answer.json()["params"]["who"]


async def test_a_school_keeps_its_last_coordinator(cluster):
    ben = f"/v1/staff/{cluster.staff['ben']}"
    assert refusal(await cluster.ben.clusters.delete(ben)) == (409, "last-coordinator")
    demoted = await cluster.hana.clusters.put(f"{ben}/role", json={"role": "teacher"})
    assert refusal(demoted) == (409, "last-coordinator")


async def test_a_coordinator_leaves_when_another_is_named(house, cluster):
    told(await cluster.ben.clusters.put(f"/v1/staff/{cluster.staff['cara']}/role", json={"role": "coordinator"}))
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['ben']}"))
    assert refusal(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}")) == (404, "not-found")
    await house.hear()
    assert told(await cluster.ben.events.get("/v1/events"))["items"] == []
    new = {"name": "N", "mail": f"n-{cluster.id}@school.test", "role": "teacher", "language": "en"}
    told(await cluster.cara.clusters.post(f"/v1/schools/{cluster.mentee}/staff", json=new), 201)


async def test_two_coordinators_who_leave_at_once_leave_one_behind(house, cluster):
    second = await a_person(house, cluster.mentee, "coordinator")
    rows = (second["staff_id"], cluster.staff["ben"])
    answers = await asyncio.gather(*(cluster.hana.clusters.delete(f"/v1/staff/{row}") for row in rows))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_who_left_meanwhile_gets_no_other_role_and_stays_away_everywhere(house, cluster):
    async with house.database("clusters").transaction() as session:
        cara = await session.get_one(Staff, UUID(cluster.staff["cara"]))
        told(await cluster.hana.clusters.delete(f"/v1/staff/{cara.id}"))
        with pytest.raises(NotFound):
            await change_role(session, cara, StaffRole.coordinator, None)
    await house.hear()
    for service in ("clusters", "events", "diaries"):
        (row,) = await house.rows(service, "select role, ended_at from staff where id = $1", cluster.staff["cara"])
        assert row["role"] == "teacher"
        assert row["ended_at"]


async def test_of_two_changes_the_later_is_told_later(house, cluster):
    """Whoever waits for the other's change has not told of their own yet: facts get their order when they are told."""
    told_until = "select last_value from fact_seq_seq"
    async with house.database("clusters").pool.acquire() as connection:
        for where, locked, change in (
            ("/v1/me", "person where id = $1", {"name": "Cára", "language": "cs", "zone": "UTC"}),
            (f"/v1/staff/{cluster.staff['dan']}/role", "staff where person_id = $1", {"role": "head"}),
        ):
            asker, person = (cluster.cara, cluster.cara.id) if where == "/v1/me" else (cluster.hana, cluster.dan.id)
            async with connection.transaction():
                await connection.fetch(f"select from {locked} for update", person)
                before = await connection.fetchval(told_until)
                changing = asyncio.create_task(asker.clusters.put(where, json=change))
                await asyncio.wait([changing], timeout=0.3)
                assert await connection.fetchval(told_until) == before
            told(await changing)
            assert await connection.fetchval(told_until) > before


async def test_two_schools_that_invite_the_same_new_person_at_once_find_one_person(cluster):
    for number in range(3):
        mail = f"two-{number}-{cluster.id}@school.test"
        answers = await asyncio.gather(
            invite(cluster.anna, cluster.mentor, mail), invite(cluster.ben, cluster.mentee, mail)
        )
        assert len({told(answer, 201)["person_id"] for answer in answers}) == 1


async def test_the_people_of_a_cluster_come_page_by_page_without_loss(cluster):
    seen, after = [], None
    while True:
        page = told(
            await cluster.marie.clusters.get(
                f"/v1/clusters/{cluster.id}/people", params={"limit": 1} | ({"after": after} if after else {})
            )
        )
        seen += [person["name"] for person in page["items"]]
        after = page["next"]
        if after is None:
            break
    assert sorted(seen) == sorted(["Anna Nováková", "Marie Malá", "Ben Hill", "Hana Velká", "Cara Sykes", "دان"])


async def test_i_see_myself_and_change_my_name_everywhere(house, cluster):
    told(await cluster.cara.clusters.put("/v1/me", json={"name": "Cára Š.", "language": "cs", "zone": "Europe/Prague"}))
    assert told(await cluster.cara.clusters.get("/v1/me"))["name"] == "Cára Š."
    await house.hear()
    (heard,) = await house.rows("diaries", "select name, language from person where id = $1", cluster.cara.id)
    assert tuple(heard) == ("Cára Š.", "cs")


async def test_a_guest_is_nobody(house):
    assert refusal(await house.guest.clusters.get("/v1/me")) == (401, "unauthenticated")
