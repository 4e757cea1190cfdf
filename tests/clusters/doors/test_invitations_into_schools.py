"""The open invitations into a school, in a cluster or in none: for who looks after it, and with what they may do."""

import pytest

from tests.clusters.doors.test_clients import acting_for
from tests.clusters.doors.test_invitations import ago, invited, listed
from tests.people import a_person, a_school, an_official, refusal, told
from tests.statements import Statements


async def ask(asker, school_id, **params):
    return await asker.clusters.get(f"/v1/schools/{school_id}/invitations", params=params)


async def states(asker, school_id):
    return {row["mail"]: row["state"] for row in told(await ask(asker, school_id))["items"]}


async def verbs(asker, school_id):
    """What they may do to each."""
    rows = told(await ask(asker, school_id))["items"]
    return {row["mail"].partition("-")[0]: {*row["can"]} & {"manage", "confirm"} for row in rows}


@pytest.fixture
async def alone(house):
    """A school that is in no cluster, by its id, with Olga who heads it and Tim who teaches there."""
    school_id = await a_school(house)
    olga, tim = [await a_person(house, school_id, role) for role in ("head", "teacher")]
    return school_id, await house.as_person(olga["person_id"]), await house.as_person(tim["person_id"])


async def test_who_looks_after_a_school_in_no_cluster_sees_whom_it_asks(house, cluster, alone):
    school_id, olga, tim = alone
    mail = f"eva-{school_id}@school.test"
    asked = await invited(olga, school_id, mail)
    national, programme = [
        await an_official(house, kind, country)
        for kind, country in (("national_coordinator", "CZ"), ("programme_coordinator", None))
    ]
    for asker in (olga, national, programme):
        assert await states(asker, school_id) == {mail: "sent"}
    answer = await ask(tim, school_id)
    assert refusal(answer) == (403, "forbidden")
    assert "leader_of_the_school_in_person" in answer.json()["params"]["who"]
    abroad = await an_official(house, "national_coordinator", "JO")
    for asker in (cluster.anna, abroad):
        assert refusal(await ask(asker, school_id)) == (404, "not-found")
    assert refusal(await ask(house.guest, school_id)) == (401, "unauthenticated")
    await ago(house, asked, days=15)
    assert await states(olga, school_id) == {mail: "expired"}
    told(await olga.clusters.delete(f"/v1/invitations/{asked}"), 204)
    assert await states(olga, school_id) == {}


async def test_what_a_reader_may_do_stands_with_each(house, alone):
    school_id, olga, _ = alone
    national = await an_official(house, "national_coordinator", "CZ")
    await invited(olga, school_id, f"hers-{school_id}@school.test")
    await invited(national, school_id, f"proposed-{school_id}@school.test")
    assert await verbs(olga, school_id) == {"hers": {"manage"}, "proposed": {"manage", "confirm"}}
    assert await verbs(national, school_id) == {"hers": set(), "proposed": {"manage"}}


async def test_who_declined_is_shown_for_a_month(house, cluster, alone):
    school_id, olga, _ = alone
    asked, mail = await invited(olga, school_id, cluster.addresses["cara"]), cluster.addresses["cara"]
    told(await cluster.cara.clusters.post(f"/v1/invitations/{asked}/refusal"), 204)
    assert await states(olga, school_id) == {mail: "declined"}
    long_ago = "update invitation set answered_at = answered_at - interval '31 days' where id = $1"
    await house.rows("clusters", long_ago, asked)
    assert await states(olga, school_id) == {}


async def test_a_school_in_a_cluster_shows_what_the_people_of_the_cluster_show_of_it(house, cluster):
    mine, other, proposed = [f"{who}-{cluster.id}@school.test" for who in ("mine", "other", "proposed")]
    await invited(cluster.ben, cluster.mentee, mine)
    await invited(cluster.anna, cluster.mentor, other)
    for asker in (cluster.ben, cluster.hana, cluster.anna):
        assert await states(asker, cluster.mentee) == {mine: "sent"}
    assert await listed(cluster.anna, cluster) == {mine: "sent", other: "sent"}
    assert await verbs(cluster.anna, cluster.mentee) == {"mine": set()}
    assert await states(cluster.anna, cluster.mentor) == {other: "sent"}
    await invited(cluster.anna, cluster.mentee, proposed)
    assert await verbs(cluster.anna, cluster.mentee) == {"mine": set(), "proposed": {"manage"}}
    for asker in (cluster.ben, cluster.cara, await acting_for(house, cluster, cluster.anna)):
        assert refusal(await ask(asker, cluster.mentor)) == (403, "forbidden")


async def test_they_come_newest_first_page_by_page_without_loss(alone):
    school_id, olga, _ = alone
    asked = [await invited(olga, school_id, f"page-{n}-{school_id}@school.test") for n in range(5)]
    seen, after = [], None
    while True:
        page = told(await ask(olga, school_id, limit=2, **({"after": after} if after else {})))
        seen += [row["id"] for row in page["items"]]
        if (after := page["next"]) is None:
            break
    assert seen == asked[::-1]


NOT_REACHED = """
insert into unreached (person_id, reason, by_bounce, since, told_at)
select distinct person_id, 'refused', false, now(), now() from invitation where mail like 'count-%'
on conflict do nothing
"""


async def test_many_are_listed_with_as_many_statements_as_one(house, alone, monkeypatch):
    school_id, olga, _ = alone
    counter, counts = Statements(house.database("clusters"), monkeypatch), []
    for number in range(3):
        await invited(olga, school_id, f"count-{number}-{school_id}@school.test")
        await house.rows("clusters", NOT_REACHED)
        counter.count = 0
        items = told(await ask(olga, school_id))["items"]
        assert [item["unreached"]["reason"] for item in items] == ["refused"] * (number + 1)
        counts.append(counter.count)
    assert len(set(counts)) == 1
