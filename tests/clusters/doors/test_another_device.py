"""A device that is signed in lets another one in, once; that says nothing about an address and replaces no password."""

from tests.clusters.doors.test_own_addresses import another, choose, has
from tests.clusters.doors.test_sign_in import sign_in, token_for
from tests.people import refusal, told, wrong_fields

__all__ = ["another"]


async def shown(asker):
    link = told(await asker.clusters.post("/v1/me/device-links"), 201)
    return link["path"].removeprefix("/sign-in/link?key=")


async def test_another_device_is_signed_in_once(house, cluster):
    key = await shown(cluster.cara)
    session = told(await sign_in(house, link=key), 201)
    assert session["person_id"] == str(cluster.cara.id)
    told(await token_for(house, session["secret"]))
    assert refusal(await sign_in(house, link=key)) == (410, "link-used")


async def test_the_one_that_was_shown_before_ends_and_one_lasts_ten_minutes(house, cluster):
    first, second = await shown(cluster.cara), await shown(cluster.cara)
    assert refusal(await sign_in(house, link=first)) == (410, "link-expired")
    late = "update mail_link set ends_at = ends_at - interval '10 minutes' where is_shown and mail = $1"
    await house.rows("clusters", late, cluster.addresses["cara"])
    assert refusal(await sign_in(house, link=second)) == (410, "link-expired")


async def test_one_that_was_shown_before_ends_when_letters_go_elsewhere_too(house, cluster, another):
    first = await shown(cluster.cara)
    told(await choose(house, cluster.cara, await has(house, cluster.cara, another)), 204)
    await shown(cluster.cara)
    assert refusal(await sign_in(house, link=first)) == (410, "link-expired")


async def test_it_verifies_no_address_and_replaces_no_password(house, cluster):
    mail = cluster.addresses["dan"]
    told(await cluster.dan.clusters.put("/v1/me/password", json={"password": "ten characters and more"}), 204)
    session = told(await sign_in(house, link=await shown(cluster.dan)), 201)
    verified = "select verified_at from address where mail = $1"
    assert [row["verified_at"] for row in await house.rows("clusters", verified, mail)] == [None]
    body = {"password": "another of ten characters", "session": session["secret"]}
    assert wrong_fields(await cluster.dan.clusters.put("/v1/me/password", json=body)) == {"/old_password": "missing"}


async def test_a_new_password_ends_what_is_shown(house, cluster):
    key = await shown(cluster.hana)
    told(await cluster.hana.clusters.put("/v1/me/password", json={"password": "ten characters and more"}), 204)
    assert refusal(await sign_in(house, link=key)) == (410, "link-expired")


async def test_no_program_passes_anybody_on(house, cluster):
    demo, guest = await house.as_service("demo"), house.guest
    assert refusal(await demo.clusters.post("/v1/me/device-links"))[0] in (401, 403)
    assert refusal(await guest.clusters.post("/v1/me/device-links")) == (401, "unauthenticated")
