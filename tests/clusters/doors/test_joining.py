"""A school comes into a cluster by its own yes; a cluster that its schools set up begins with the last answer."""

import asyncio
from uuid import uuid4

import pytest

from tests.people import a_person, a_school, an_official, refusal, told, wrong_fields


@pytest.fixture
async def olga(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def led(house):
    """A school with its coordinator: (id, who asks as them)."""
    return await a_led_school(house)


async def a_led_school(house, country="CZ"):
    school = await a_school(house, country)
    leader = await a_person(house, school, "coordinator")
    await house.hear()
    return school, await house.as_person(leader["person_id"])


async def ask(asker, cluster_id, school_id, **more):
    path = f"/v1/clusters/{cluster_id}/school-invitations"
    return await asker.clusters.post(path, json={"school_id": school_id} | more)


async def asked(asker, cluster_id, school_id, **more):
    return told(await ask(asker, cluster_id, school_id, **more), 201)


async def say(asker, invitation, what, word=""):
    path = f"/v1/school-invitations/{invitation['id']}/{what}"
    return await asker.clusters.post(path, json={"word": word})


async def schools_of(asker, cluster_id):
    return [school["school_id"] for school in told(await asker.clusters.get(f"/v1/clusters/{cluster_id}"))["schools"]]


async def test_a_school_belongs_once_somebody_who_leads_it_says_yes(house, cluster, olga, led):
    school, leader = led
    invitation = await asked(olga, cluster.id, school, role="mentor", word="Eva would gladly come.")
    assert (invitation["answer"], invitation["is_led"], invitation["by"]) == (None, True, "Olga")
    assert school not in await schools_of(olga, cluster.id)
    (waiting,) = told(await leader.clusters.get("/v1/me"))["school_invitations"]
    assert (waiting["id"], waiting["role"], waiting["by"]) == (invitation["id"], "mentor", "Olga")
    seen = told(await leader.clusters.get(f"/v1/school-invitations/{invitation['id']}"))
    assert (seen["word"], set(seen["can"])) == ("Eva would gladly come.", {"see", "accept", "decline"})
    membership = told(await say(leader, invitation, "acceptance", "Gladly."), 201)
    assert (membership["school_id"], membership["role"]) == (school, "mentor")
    assert school in await schools_of(leader, cluster.id)
    assert told(await leader.clusters.get("/v1/me"))["school_invitations"] == []
    assert refusal(await say(leader, invitation, "acceptance")) == (404, "not-found")


async def test_who_leads_the_school_is_told_and_who_asked_hears_the_answer(house, cluster, olga, led):
    school, leader = led
    invitation = await asked(olga, cluster.id, school, word="Come!")
    (told_of,) = told(await leader.clusters.get("/v1/notices"))["items"]
    assert (told_of["kind"], told_of["path"]) == ("school_asked", f"/school-invitations/{invitation['id']}")
    told(await say(leader, invitation, "refusal", "Not this year."), 204)
    (answered,) = told(await olga.clusters.get("/v1/notices"))["items"]
    assert (answered["kind"], answered["params"]["accepted"]) == ("school_answered", False)
    (shown,) = told(await olga.clusters.get(f"/v1/clusters/{cluster.id}/school-invitations"))["items"]
    assert (shown["answer"], shown["answer_word"], shown["can"]) == ("declined", "Not this year.", ["see"])


@pytest.mark.parametrize("who", ["teacher", "stranger", "program", "national"])
async def test_nobody_else_says_yes_for_a_school(house, cluster, olga, led, who):
    school, _leader = led
    invitation = await asked(olga, cluster.id, school)
    stranger = (await a_led_school(house))[1]
    teacher = await house.as_person((await a_person(house, school))["person_id"])
    demo = await house.as_service("demo")
    told(await demo.clusters.post("/v1/house/opening"))
    asker = {"teacher": teacher, "stranger": stranger, "program": demo, "national": olga}[who]
    assert (await say(asker, invitation, "acceptance")).status_code in (403, 404)
    assert school not in await schools_of(olga, cluster.id)
    await house.set_up()


async def test_in_an_open_house_no_program_puts_a_school_anywhere(house, cluster):
    demo = await house.as_service("demo")
    member = {"school_id": await a_school(house), "role": "mentee"}
    told(await demo.clusters.post("/v1/house/opening"))
    assert refusal(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member)) == (
        403,
        "forbidden",
    )
    await house.set_up()


async def test_only_those_above_put_a_school_without_its_yes_no_longer(cluster, olga, house):
    member = {"school_id": await a_school(house), "role": "mentee"}
    for asker in (olga, await an_official(house, "programme_coordinator"), cluster.anna):
        answer = await asker.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=member)
        assert refusal(answer) == (403, "forbidden")


async def test_what_cannot_be_asked_is_refused(house, cluster, olga, led):
    school, _ = led
    await asked(olga, cluster.id, school)
    assert refusal(await ask(olga, cluster.id, school)) == (409, "school-asked-already")
    assert refusal(await ask(olga, cluster.id, cluster.mentee)) == (409, "already-member")
    assert refusal(await ask(olga, cluster.id, await a_school(house, "JO"))) == (409, "other-country")
    assert wrong_fields(await ask(olga, cluster.id, str(uuid4()))) == {"/school_id": "unknown"}
    assert refusal(await ask(cluster.anna, cluster.id, school)) == (403, "forbidden")


async def test_a_school_that_said_no_may_be_asked_again(house, cluster, olga, led):
    school, leader = led
    told(await say(leader, await asked(olga, cluster.id, school), "refusal"), 204)
    told(await say(leader, await asked(olga, cluster.id, school), "acceptance"), 201)


async def test_what_is_withdrawn_is_asked_no_more(house, cluster, olga, led):
    school, leader = led
    invitation = await asked(olga, cluster.id, school)
    path = f"/v1/school-invitations/{invitation['id']}"
    assert refusal(await leader.clusters.delete(path)) == (403, "forbidden")
    told(await olga.clusters.delete(path), 204)
    assert refusal(await say(leader, invitation, "acceptance")) == (404, "not-found")
    assert told(await olga.clusters.get(f"/v1/clusters/{cluster.id}/school-invitations"))["items"] == []


async def test_nobody_asks_a_school_again_and_again(house, cluster, olga, led):
    school, _ = led
    for _ in range(3):
        invitation = await asked(olga, cluster.id, school)
        told(await olga.clusters.delete(f"/v1/school-invitations/{invitation['id']}"), 204)
    assert refusal(await ask(olga, cluster.id, school)) == (409, "school-asked-too-often")


async def test_nobody_asks_a_school_into_one_cluster_after_the_other(house, led):
    (victim, _), (mine, leader) = led, await a_led_school(house)
    clusters = [told(await propose(leader, mine, f"Ours {n}"), 201)["id"] for n in range(3)]
    assert refusal(await propose(leader, mine)) == (409, "too-many-proposals")
    await house.hear()
    for cluster in clusters:
        await asked(leader, cluster, victim)
    told(await leader.clusters.post(f"/v1/clusters/{clusters[0]}/school-invitations", json={"school_id": mine}), 409)


async def test_what_both_sides_write_is_for_them_alone(house, cluster, olga, led):
    school, leader = led
    invitation = await asked(olga, cluster.id, school, word="Between us.")
    told(await say(leader, invitation, "refusal", "We are too few."), 204)
    listed = f"/v1/clusters/{cluster.id}/school-invitations"
    assert told(await olga.clusters.get(listed))["items"][0]["answer_word"] == "We are too few."
    (seen,) = told(await cluster.cara.clusters.get(listed))["items"]
    assert (seen["answer"], seen["word"], seen["answer_word"]) == ("declined", "", "")
    shown = told(await leader.clusters.get(f"/v1/school-invitations/{invitation['id']}"))
    assert shown["word"] == "Between us."


async def test_of_an_answer_and_a_withdrawal_at_once_one_counts(house, cluster, olga, led):
    school, leader = led
    invitation = await asked(olga, cluster.id, school)
    answers = await asyncio.gather(
        say(leader, invitation, "acceptance"),
        olga.clusters.delete(f"/v1/school-invitations/{invitation['id']}"),
        say(leader, invitation, "refusal"),
    )
    assert sorted(answer.status_code for answer in answers)[1:] == [404, 404]


async def propose(leader, school, name="Our cluster"):
    return await leader.clusters.post(f"/v1/schools/{school}/clusters", json={"name": name, "zone": "Europe/Prague"})


async def test_a_school_proposes_a_cluster_that_begins_when_all_have_answered(house, led):
    school, leader = led
    (one, first), (two, second), (three, third) = [await a_led_school(house) for _ in range(3)]
    cluster = told(await propose(leader, school), 201)
    assert (cluster["approach"], cluster["begun_at"], [s["role"] for s in cluster["schools"]]) == (
        "bottom_up",
        None,
        ["mentor"],
    )
    await house.hear()
    invitations = [await asked(leader, cluster["id"], each) for each in (one, two, three)]
    told(await say(first, invitations[0], "acceptance"), 201)
    told(await say(second, invitations[1], "refusal"), 204)
    assert told(await leader.clusters.get(f"/v1/clusters/{cluster['id']}"))["begun_at"] is None
    told(await say(third, invitations[2], "acceptance"), 201)
    begun = told(await leader.clusters.get(f"/v1/clusters/{cluster['id']}"))
    assert begun["begun_at"]
    assert {s["school_id"] for s in begun["schools"]} == {school, one, three}
    facts = await house.rows(
        "clusters", "select 1 from fact where kind = 'cluster.begun' and cluster_id = $1", cluster["id"]
    )
    assert len(facts) == 1


async def test_only_who_leads_a_school_proposes_with_it(house, cluster, led):
    school, _ = led
    assert refusal(await propose(cluster.cara, cluster.mentee)) == (403, "forbidden")
    assert refusal(await propose(cluster.ben, school)) == (404, "not-found")
    assert (await propose(cluster.ben, cluster.mentee)).status_code == 201


async def test_a_top_down_cluster_begins_when_its_ministry_says_so(house, olga, led):
    school, leader = led
    new = {"name": "New", "country": "CZ", "approach": "top_down", "zone": "UTC"}
    cluster = told(await olga.clusters.post("/v1/clusters", json=new), 201)["id"]
    beginning = f"/v1/clusters/{cluster}/beginning"
    assert refusal(await olga.clusters.post(beginning)) == (409, "too-few-schools")
    other, second = await a_led_school(house)
    told(await say(leader, await asked(olga, cluster, school, role="mentor"), "acceptance"), 201)
    told(await say(second, await asked(olga, cluster, other), "acceptance"), 201)
    assert told(await olga.clusters.get(f"/v1/clusters/{cluster}"))["begun_at"] is None
    begun = told(await olga.clusters.post(beginning))["begun_at"]
    assert told(await olga.clusters.post(beginning))["begun_at"] == begun
    await house.hear()
    assert refusal(await leader.clusters.post(beginning)) == (403, "forbidden")


async def test_a_school_without_anybody_may_be_asked_and_its_first_leader_answers(house, cluster, olga):
    school = await a_school(house)
    invitation = await asked(olga, cluster.id, school)
    assert not invitation["is_led"]
    leader = await a_person(house, school, "head")
    await house.hear()
    head = await house.as_person(leader["person_id"])
    assert [one["id"] for one in told(await head.clusters.get("/v1/me"))["school_invitations"]] == [invitation["id"]]
    told(await say(head, invitation, "acceptance"), 201)


async def test_the_schools_that_are_asked_are_walked_to_the_end(house, cluster, olga):
    made = [(await asked(olga, cluster.id, await a_school(house)))["id"] for _ in range(3)]
    walked, after = [], None
    while True:
        params = {"limit": 1} | ({"after": after} if after else {})
        page = told(await cluster.cara.clusters.get(f"/v1/clusters/{cluster.id}/school-invitations", params=params))
        walked += [one["id"] for one in page["items"]]
        if not (after := page["next"]):
            break
    assert walked == made[::-1]
