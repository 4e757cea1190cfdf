"""Who works at a school, in which role."""

import asyncio
from uuid import UUID

import pytest

from kit.problems import NotFound
from services.clusters.directory.staff.actions import change_role
from services.clusters.directory.staff.models import Staff, StaffRole
from tests.clusters.doors.test_clients import acting_for
from tests.people import a_person, accept, refusal, told, wrong_fields


async def test_a_school_keeps_its_last_coordinator(cluster):
    ben = f"/v1/staff/{cluster.staff['ben']}"
    assert refusal(await cluster.ben.clusters.delete(ben)) == (409, "last-coordinator")
    demoted = await cluster.hana.clusters.put(f"{ben}/role", json={"role": "teacher"})
    assert refusal(demoted) == (409, "last-coordinator")


async def test_a_coordinator_leaves_when_another_is_named(house, cluster):
    new = {"name": "Cara", "mail": cluster.addresses["cara"], "role": "coordinator"}
    asked = told(await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)
    told(await accept(cluster.cara, asked["id"]), 201)
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['ben']}"))
    assert refusal(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}")) == (404, "not-found")
    await house.hear()
    assert told(await cluster.ben.events.get("/v1/events"))["items"] == []


async def test_nobody_is_given_a_leading_role_without_their_own_yes(cluster):
    raised = await cluster.hana.clusters.put(f"/v1/staff/{cluster.staff['cara']}/role", json={"role": "coordinator"})
    assert wrong_fields(raised) == {"/role": "literal_error"}


async def test_programs_take_no_standing(house, cluster):
    acting = await acting_for(house, cluster, cluster.hana)
    cara = f"/v1/staff/{cluster.staff['cara']}"
    assert refusal(await acting.clusters.delete(cara)) == (403, "forbidden")
    assert refusal(await acting.clusters.put(f"{cara}/role", json={"role": "teacher"})) == (403, "forbidden")


async def test_two_coordinators_who_leave_at_once_leave_one_behind(house, cluster):
    second = await a_person(house, cluster.mentee, "coordinator")
    rows = (second["staff_id"], cluster.staff["ben"])
    answers = await asyncio.gather(*(cluster.hana.clusters.delete(f"/v1/staff/{row}") for row in rows))
    assert sorted(answer.status_code for answer in answers) == [200, 409]


async def test_who_left_meanwhile_gets_no_other_role_and_stays_away_everywhere(house, cluster):
    async with house.database("clusters").transaction() as db:
        cara = await db.get_one(Staff, UUID(cluster.staff["cara"]))
        told(await cluster.hana.clusters.delete(f"/v1/staff/{cara.id}"))
        with pytest.raises(NotFound):
            await change_role(db, cara, StaffRole.coordinator, None)
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
            (f"/v1/staff/{cluster.staff['hana']}/role", "staff where person_id = $1", {"role": "teacher"}),
        ):
            asker, person = (cluster.cara, cluster.cara.id) if where == "/v1/me" else (cluster.ben, cluster.hana.id)
            async with connection.transaction():
                await connection.fetch(f"select from {locked} for update", person)
                before = await connection.fetchval(told_until)
                changing = asyncio.create_task(asker.clusters.put(where, json=change))
                await asyncio.wait([changing], timeout=0.3)
                assert await connection.fetchval(told_until) == before
            told(await changing)
            assert await connection.fetchval(told_until) > before


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


async def mine_at(asker, school):
    """Their standings at a school."""
    found = told(await asker.clusters.get("/v1/me"))["standings"]
    return [standing for standing in found if standing["school_id"] == str(school)]


async def test_a_teacher_leaves_their_own_school_and_no_other(house, cluster):
    hana, dan = cluster.staff["hana"], cluster.staff["dan"]
    assert refusal(await cluster.cara.clusters.delete(f"/v1/staff/{hana}")) == (403, "forbidden")
    assert refusal(await cluster.cara.clusters.delete(f"/v1/staff/{dan}")) == (403, "forbidden")
    (mine,) = await mine_at(cluster.cara, cluster.mentee)
    assert (mine["staff_id"], mine["can"]) == (str(cluster.staff["cara"]), ["end"])
    told(await cluster.cara.clusters.delete(f"/v1/staff/{mine['staff_id']}"))
    assert await mine_at(cluster.cara, cluster.mentee) == []
    assert refusal(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}")) == (404, "not-found")


async def test_who_may_see_that_they_can_leave(cluster):
    """Each reads it of themselves; who leads the school of everybody there."""
    seen = {}
    for name in ("cara", "hana", "anna"):
        page = told(await getattr(cluster, name).clusters.get(f"/v1/clusters/{cluster.id}/people"))
        seen[name] = {row["staff_id"] for row in page["items"] if "end" in row["can"]}
    assert seen["cara"] == {str(cluster.staff["cara"])}
    assert {str(cluster.staff[name]) for name in ("cara", "hana", "ben")} <= seen["hana"]
    assert str(cluster.staff["cara"]) not in seen["anna"]


async def test_who_leads_no_longer_stays_as_a_teacher(cluster):
    (mine,) = await mine_at(cluster.hana, cluster.mentee)
    assert mine["can"] == ["change_role", "end"]
    told(await cluster.hana.clusters.put(f"/v1/staff/{mine['staff_id']}/role", json={"role": "teacher"}))
    (mine,) = await mine_at(cluster.hana, cluster.mentee)
    assert (mine["staff_role"], mine["can"]) == ("teacher", ["end"])
