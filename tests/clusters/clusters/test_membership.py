"""Which school belongs to which cluster, and what follows from it everywhere."""

import asyncio
from uuid import uuid4

from kit.clock import now
from tests.people import a_cluster, a_person, a_school, an_office, an_official, refusal, told, wrong_fields


async def admit(asker, cluster, school_id, role="mentee"):
    return await asker.clusters.post(
        f"/v1/clusters/{cluster.id}/memberships", json={"school_id": school_id, "role": role}
    )


async def test_members_see_their_cluster_with_the_mentor_first(cluster):
    shown = told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}"))
    assert [(school["role"], school["people"]) for school in shown["schools"]] == [
        ("mentor", 2),
        ("mentee", 4),
    ]


async def test_who_works_at_two_of_its_schools_is_one_of_its_people(house):
    cluster = await a_cluster(house)
    await a_person(house, cluster.mentor, name="Cara", mail=cluster.addresses["cara"])
    shown = told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}"))
    assert ([school["people"] for school in shown["schools"]], shown["people"]) == ([3, 4], 6)
    alone = await a_cluster(house)
    await house.rows("clusters", "update staff set ended_at = now() where school_id = $1", alone.mentee)
    assert told(await alone.anna.clusters.get(f"/v1/clusters/{alone.id}"))["people"] == 2


async def test_a_stranger_cannot_tell_that_the_cluster_exists(house, cluster):
    other = await a_cluster(house)
    answers = [await other.anna.clusters.get(f"/v1/clusters/{cluster_id}") for cluster_id in (cluster.id, uuid4())]
    assert answers[0].json() == answers[1].json()
    assert refusal(answers[0]) == (404, "not-found")


async def test_a_school_that_the_house_lets_in_stands_in_the_composition(house, cluster):
    school_id = await a_school(house)
    membership = told(await admit(await house.as_service("demo"), cluster, school_id), 201)
    shown = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}"))
    assert membership["id"] in [school["membership_id"] for school in shown["schools"]]


async def test_the_numbers_of_a_school_are_those_of_a_year_that_has_begun(house, cluster):
    year = now().year
    counted = [{"year": of, "students": of, "teachers": 9} for of in (year - 2, year - 1, year + 1)]
    school_id = await a_school(house, headcounts=counted)
    told(await admit(await house.as_service("demo"), cluster, school_id), 201)
    shown = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}"))["schools"]
    assert [one["year"] for one in shown if one["school_id"] == school_id] == [year - 1]
    ((name,),) = await house.rows("clusters", "select name from school where id = $1", school_id)
    petra = await an_official(house, "programme_coordinator")
    (found,) = told(await petra.clusters.get("/v1/schools", params={"q": name}))["items"]
    assert (found["year"], found["students"]) == (year - 1, year - 1)


async def test_a_school_is_a_member_once(house, cluster):
    demo = await house.as_service("demo")
    assert refusal(await admit(demo, cluster, cluster.mentee)) == (409, "already-member")
    shown = told(await cluster.ben.clusters.get(f"/v1/clusters/{cluster.id}"))
    assert len(shown["schools"]) == 2


async def test_a_cluster_stays_within_one_country(house, cluster):
    demo = await house.as_service("demo")
    abroad = await a_school(house, "JO")
    assert refusal(await admit(demo, cluster, abroad)) == (409, "other-country")


async def test_an_unknown_school_is_named_as_the_wrong_field(house, cluster):
    demo = await house.as_service("demo")
    assert wrong_fields(await admit(demo, cluster, str(uuid4()))) == {"/school_id": "unknown"}


async def test_a_coordinator_does_not_admit_schools_by_herself(house, cluster):
    assert refusal(await admit(cluster.anna, cluster, await a_school(house))) == (403, "forbidden")


async def test_a_cluster_keeps_its_last_mentor(house, cluster):
    demo = await house.as_service("demo")
    last = f"/v1/memberships/{cluster.memberships['mentor']}"
    assert refusal(await demo.clusters.delete(last)) == (409, "last-mentor")
    told(await admit(demo, cluster, await a_school(house), "mentor"), 201)
    assert told(await demo.clusters.delete(last))["ended_at"]


async def test_mentors_that_leave_at_once_leave_one_behind(house, cluster):
    demo = await house.as_service("demo")
    more = [told(await admit(demo, cluster, await a_school(house), "mentor"), 201)["id"] for _ in range(5)]
    mentors = [*more, cluster.memberships["mentor"]]
    answers = await asyncio.gather(*(demo.clusters.delete(f"/v1/memberships/{mentor}") for mentor in mentors))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [409]


async def test_a_membership_that_ended_counts_no_longer_in_any_service(house, cluster):
    event = {
        "cluster_id": cluster.id, "title": "Visit", "format": "meeting", "zone": "Europe/Prague",
        "starts_at": "2030-05-01T10:00", "ends_at": "2030-05-01T11:00", "sites": [{"name": "Peruc"}],
    }  # fmt: skip
    event_id = told(await cluster.anna.events.post("/v1/events", json=event), 201)["id"]
    told(await cluster.cara.events.get(f"/v1/events/{event_id}"))
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    assert refusal(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}")) == (404, "not-found")
    await house.hear()
    assert refusal(await cluster.cara.events.get(f"/v1/events/{event_id}")) == (404, "not-found")
    entry = {"cluster_id": cluster.id, "title": "Late", "language": "en"}
    assert refusal(await cluster.cara.diaries.post("/v1/entries", json=entry)) == (404, "not-found")


async def test_a_school_that_comes_back_is_a_member_again(house, cluster):
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    told(await admit(demo, cluster, cluster.mentee), 201)
    await house.hear()
    told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}"))
    assert told(await cluster.cara.events.get("/v1/events", params={"cluster_id": cluster.id}))["items"] == []


async def test_a_new_colleague_is_a_member_everywhere_once_the_facts_are_heard(house, cluster):
    eva = await a_person(house, cluster.mentee)
    asker = await house.as_person(eva["person_id"])
    listed = {"params": {"cluster_id": cluster.id}}
    assert refusal(await asker.events.get("/v1/events", **listed)) == (404, "not-found")
    await house.hear()
    told(await asker.events.get("/v1/events", **listed))
    told(await asker.diaries.get("/v1/entries", **listed))


async def test_aims_are_changed_by_whoever_read_the_newest(cluster):
    aims = {"priorities": "Writing", "goals": "Peers"}
    where = f"/v1/clusters/{cluster.id}/aims"
    assert refusal(await cluster.anna.clusters.put(where, json=aims)) == (428, "precondition-required")
    changed = told(await cluster.anna.clusters.put(where, json=aims, headers={"If-Match": '"1"'}))
    assert (changed["priorities"], changed["version"]) == ("Writing", 2)
    late = await cluster.ben.clusters.put(where, json=aims, headers={"If-Match": '"1"'})
    assert refusal(late) == (412, "changed")


async def test_of_two_who_change_the_aims_at_once_one_is_told(cluster):
    where = f"/v1/clusters/{cluster.id}/aims"
    for version in range(1, 6):
        headers = {"If-Match": f'"{version}"'}
        answers = await asyncio.gather(
            *(
                asker.clusters.put(where, json={"priorities": name, "goals": ""}, headers=headers)
                for name, asker in (("Anna", cluster.anna), ("Ben", cluster.ben))
            )
        )
        assert sorted(answer.status_code for answer in answers) == [200, 412]


async def test_a_school_of_a_cluster_stays_in_its_country(house, cluster):
    moved = {"name": "S", "town": "T", "country": "JO", "zone": "Asia/Amman"}
    where = f"/v1/schools/{cluster.mentee}"
    assert refusal(await cluster.hana.clusters.put(where, json=moved)) == (409, "other-country")
    demo = await house.as_service("demo")
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    assert told(await cluster.hana.clusters.put(where, json=moved))["country"] == "JO"


async def test_numbers_of_a_school_that_are_sent_twice_at_once_are_counted_once(cluster):
    counted = {"year": 2025, "students": 120, "teachers": 11}
    school = {"name": "S", "town": "T", "country": "CZ", "zone": "UTC", "headcounts": [counted]}
    where = f"/v1/schools/{cluster.mentee}"
    for _ in range(3):
        answers = await asyncio.gather(*(who.clusters.put(where, json=school) for who in (cluster.hana, cluster.ben)))
        assert [told(answer)["headcounts"] for answer in answers] == [[counted], [counted]]


async def test_a_membership_ends_once(house, cluster):
    demo = await house.as_service("demo")
    ending = f"/v1/memberships/{cluster.memberships['mentee']}"
    answers = await asyncio.gather(*(demo.clusters.delete(ending) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 404]


async def test_an_office_ends_once(house, cluster):
    demo = await house.as_service("demo")
    new = {"name": "O", "mail": f"once-{cluster.id}@x.test", "kind": "national_coordinator", "country": "DE"}
    ending = f"/v1/offices/{(await an_office(demo, new))['office_id']}"
    answers = await asyncio.gather(*(demo.clusters.delete(ending) for _ in range(2)))
    assert sorted(answer.status_code for answer in answers) == [200, 404]


async def test_a_national_coordinator_forms_clusters_in_her_country_only(house):
    olga = await an_official(house, "national_coordinator", "CZ")
    new = {"name": "New", "approach": "top_down", "zone": "UTC"}
    assert refusal(await olga.clusters.post("/v1/clusters", json=new | {"country": "JO"})) == (
        403,
        "forbidden",
    )
    told(await olga.clusters.post("/v1/clusters", json=new | {"country": "CZ"}), 201)
    school = {"name": "S", "town": "T", "zone": "UTC"}
    assert refusal(await olga.clusters.post("/v1/schools", json=school | {"country": "JO"})) == (
        403,
        "forbidden",
    )
    told(await olga.clusters.post("/v1/schools", json=school | {"country": "CZ"}), 201)


async def test_a_school_leaves_a_bottom_up_cluster_by_itself_and_the_mentors_hear_of_it(house):
    free, led = await a_cluster(house, "bottom_up"), await a_cluster(house)
    path = f"/v1/memberships/{free.memberships['mentee']}"
    assert refusal(await free.cara.clusters.delete(path)) == (403, "forbidden")
    assert refusal(await led.ben.clusters.delete(f"/v1/memberships/{led.memberships['mentee']}")) == (403, "forbidden")
    shown = told(await free.ben.clusters.get(f"/v1/clusters/{free.id}"))["schools"]
    assert {one["school_id"]: "end" in one["can"] for one in shown} == {free.mentor: False, free.mentee: True}
    told(await free.ben.clusters.delete(path))
    heard = {}
    for name in ("anna", "ben", "hana", "marie"):
        notices = told(await getattr(free, name).clusters.get("/v1/notices"))["items"]
        heard[name] = [one["kind"] for one in notices if one["kind"].startswith("school_")]
    assert heard == {"anna": ["school_left"], "ben": [], "hana": ["school_left"], "marie": []}
    # A second mentor without anybody who coordinates it keeps no cluster going.
    await house.rows(
        "clusters", "update membership set role = 'mentor', ended_at = null where id = $1", free.memberships["mentee"]
    )
    await house.rows("clusters", "update staff set role = 'teacher' where school_id = $1", free.mentee)
    last = f"/v1/memberships/{free.memberships['mentor']}"
    assert refusal(await free.anna.clusters.delete(last)) == (409, "last-mentor")
