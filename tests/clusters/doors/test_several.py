"""Many are asked into a school at once: tried out first, then done, with the same outcome."""

import asyncio

import pytest

from tests.clusters.doors.test_invitations import invited, listed, mails_to
from tests.people import a_cluster, a_school, an_official, refusal, told, wrong_fields


def people(*mails):
    return [{"name": mail.partition("@")[0], "mail": mail} for mail in mails]


async def ask(asker, school_id, how, *mails, **more):
    body = {"people": people(*mails)} | more
    return await asker.clusters.post(f"/v1/schools/{school_id}/invitations/{how}", json=body)


def becomes(answer, status=200):
    return [one["becomes"] for one in told(answer, status)["people"]]


@pytest.fixture
def mails(cluster):
    return [f"{name}-{cluster.id}@school.test" for name in ("dana", "ema", "jan")]


async def test_what_is_looked_at_is_what_is_done_and_looking_tells_nobody(house, cluster, mails):
    await invited(cluster.ben, cluster.mentee, mails[2])
    everybody = [*mails, cluster.addresses["cara"], mails[0].upper()]
    expected = ["invited", "invited", "invited_already", "works_here", "invited"]
    facts = await house.rows("clusters", "select from fact")
    for _ in range(2):
        assert becomes(await ask(cluster.ben, cluster.mentee, "preview", *everybody)) == expected
    assert len(await house.rows("clusters", "select from fact")) == len(facts)
    assert await listed(cluster.ben, cluster) == {mails[2]: "sent"}
    assert await mails_to(house, mails[0]) == []
    assert not await house.rows("clusters", "select from address where mail = $1", mails[0])
    assert becomes(await ask(cluster.ben, cluster.mentee, "several", *everybody), 201) == expected
    assert await listed(cluster.ben, cluster) == dict.fromkeys(mails, "sent")
    assert [len(await mails_to(house, mail)) for mail in mails] == [1, 1, 1]
    again = await ask(cluster.ben, cluster.mentee, "several", *everybody)
    assert becomes(again, 201) == ["invited_already"] * 3 + ["works_here", "invited_already"]
    assert [len(await mails_to(house, mail)) for mail in mails] == [1, 1, 1]


async def test_who_does_not_lead_the_school_proposes_each(house, cluster, mails):
    assert becomes(await ask(cluster.anna, cluster.mentee, "preview", *mails)) == ["proposed"] * 3
    assert becomes(await ask(cluster.anna, cluster.mentee, "several", *mails), 201) == ["proposed"] * 3
    assert await listed(cluster.ben, cluster) == dict.fromkeys(mails, "proposed")
    assert await mails_to(house, mails[0]) == []


async def test_who_works_there_in_another_role_keeps_it(cluster):
    staff = [cluster.addresses[name] for name in ("ben", "hana", "cara")]
    for how, status in (("preview", 200), ("several", 201)):
        assert becomes(await ask(cluster.ben, cluster.mentee, how, *staff), status) == ["works_here"] * 3
    assert await listed(cluster.ben, cluster) == {}


async def test_of_two_lists_that_overlap_in_another_order_one_waits_for_the_other(cluster):
    one = [f"o{n}-{cluster.id}@school.test" for n in range(30)]
    ways = (cluster.ben, one), (cluster.hana, one[::-1])
    answers = await asyncio.gather(*(ask(asker, cluster.mentee, "several", *mails) for asker, mails in ways))
    outcomes = [outcome for answer in answers for outcome in becomes(answer, 201)]
    assert sorted(outcomes) == ["invited"] * 30 + ["invited_already"] * 30


async def test_one_wrong_address_stops_all_and_is_named(cluster, mails):
    for how in ("preview", "several"):
        answer = await ask(cluster.ben, cluster.mentee, how, mails[0], "petra@zsperuc", mails[1])
        assert list(wrong_fields(answer)) == ["/people/1/mail"]
    assert await listed(cluster.ben, cluster) == {}


async def test_at_most_two_hundred_and_not_nobody(cluster):
    many = [f"n{n}@school.test" for n in range(201)]
    assert list(wrong_fields(await ask(cluster.ben, cluster.mentee, "several", *many))) == ["/people"]
    assert list(wrong_fields(await ask(cluster.ben, cluster.mentee, "several"))) == ["/people"]
    assert becomes(await ask(cluster.ben, cluster.mentee, "preview", *many[:200])) == ["invited"] * 200


async def test_only_who_may_invite_one_may_invite_several(house, cluster, mails):
    stranger = (await a_cluster(house)).anna
    for how in ("preview", "several"):
        assert refusal(await ask(cluster.cara, cluster.mentee, how, *mails)) == (403, "forbidden")
        assert refusal(await ask(stranger, cluster.mentee, how, *mails)) == (404, "not-found")
        coordinators = await ask(cluster.anna, cluster.mentee, how, *mails, role="coordinator")
        assert refusal(coordinators) == (403, "forbidden")


async def test_a_school_that_nobody_leads_has_nobody_to_ask(house, cluster, mails):
    demo = await house.as_service("demo")
    school_id = await a_school(house)
    admitted = {"school_id": school_id, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=admitted), 201)
    for how in ("preview", "several"):
        assert refusal(await ask(cluster.anna, school_id, how, *mails)) == (409, "nobody-to-confirm")
    nora = await an_official(house, "national_coordinator", "CZ")
    assert becomes(await ask(nora, school_id, "several", *mails), 201) == ["invited"] * 3
