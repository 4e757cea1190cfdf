"""Who has a session that is not theirs takes no account over by it, and its owner is warned where they read mails."""

from tests.clusters.doors.test_another_device import shown
from tests.clusters.doors.test_factors import ask
from tests.clusters.doors.test_invitations import mails_to
from tests.clusters.doors.test_own_addresses import HERE, add, another, choose, confirm, has, key_for, mine, remove
from tests.clusters.doors.test_passkeys import session_of
from tests.clusters.doors.test_sign_in import sign_in
from tests.people import refusal, told

__all__ = ["another"]

LONG_AGO = (409, "came-long-ago")


async def of_device(house, asker):
    """A session that begins now, by a link that another one of theirs shows."""
    return told(await sign_in(house, link=await shown(asker)), 201)["secret"]


async def test_a_session_that_another_one_let_in_changes_no_way_in(house, cluster, another):
    address_id = await has(house, cluster.cara, another)
    body = {"session": await of_device(house, cluster.cara)}
    cara = cluster.cara.clusters
    assert refusal(await cara.post(HERE, json=body | {"mail": f"x-{another}"})) == LONG_AGO
    assert refusal(await cara.put(f"{HERE}/{address_id}/letters", json=body)) == LONG_AGO
    assert refusal(await cara.post(f"{HERE}/{address_id}/removal", json=body)) == LONG_AGO
    assert refusal(await cara.post("/v1/me/passkey-challenges", json=body)) == LONG_AGO
    assert refusal(await ask(house, "/second-factors", **body)) == LONG_AGO
    assert len((await mine(cluster.cara))["addresses"]) == 2


async def test_an_address_is_chosen_and_removed_in_a_session_of_the_last_hour(house, cluster, another):
    address_id = await has(house, cluster.cara, another)
    body = {"session": await session_of(house, cluster.cara.id)}
    foreign = {"session": await session_of(house, cluster.dan.id)}
    await house.rows(
        "clusters",
        "update session set began_at = began_at - interval '61 minutes' where person_id = $1",
        cluster.cara.id,
    )
    for refused, said in ((body, LONG_AGO), (foreign, (410, "signed-out"))):
        assert refusal(await cluster.cara.clusters.put(f"{HERE}/{address_id}/letters", json=refused)) == said
        assert refusal(await cluster.cara.clusters.post(f"{HERE}/{address_id}/removal", json=refused)) == said


async def warnings(house, mail):
    return [each["text"] for each in await mails_to(house, mail) if "If that was not you" in each["text"]]


async def test_what_is_done_at_once_is_told_at_the_addresses_that_there_were(house, cluster, another):
    old, second = cluster.addresses["cara"], f"second-{another}"
    await has(house, cluster.cara, second)
    told(await add(house, cluster.cara, another), 202)
    key = await key_for(house, another)
    told(await confirm(cluster.cara, key), 204)
    ids = {each["mail"]: each["id"] for each in (await mine(cluster.cara))["addresses"]}
    told(await choose(house, cluster.cara, ids[another]), 204)
    told(await remove(house, cluster.cara, ids[old]), 204)
    for mail in (old, second):
        added, chosen, removed = (await warnings(house, mail))[-3:]
        assert f"{another} was added" in added
        assert f"your mails go to {another} from now on" in chosen
        assert f"{old} was removed" in removed
    (removed,) = await warnings(house, another)
    assert f"{old} was removed" in removed


async def test_a_warning_that_waits_goes_to_who_was_to_read_it(house, cluster, another):
    address_id, old = await has(house, cluster.cara, another), cluster.addresses["cara"]
    await house.run_jobs("clusters")
    before = len(await warnings(house, old))
    waits = """insert into mail (id, person_id, kind, params, queued_at)
      values (gen_random_uuid(), $1, 'way_in_changed', '{"what": "factor_removed", "path": "/profile"}', now())"""
    await house.rows("clusters", waits, cluster.cara.id)
    told(await choose(house, cluster.cara, address_id), 204)
    seen = "select address from mail where person_id = $1 and sent_at is null and params ->> 'what' = 'factor_removed'"
    assert [row["address"] for row in await house.rows("clusters", seen, cluster.cara.id)] == [old]
    assert len(await warnings(house, old)) == before + 1
