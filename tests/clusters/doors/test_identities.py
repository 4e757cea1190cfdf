"""How a house comes to believe providers, and what it keeps of whoever comes by one."""

import asyncio
import json

import httpx
import pytest

from kit.clock import real_now
from kit.locking import lock
from services.clusters.app import create_app
from services.clusters.directory.people.models import Person
from services.clusters.doors.identities.models import Identity
from services.clusters.doors.identities.providers import Description
from services.clusters.doors.identities.queries import lock_account
from services.clusters.doors.signing_in.actions import forget_old_ways_in
from services.clusters.settings import Settings
from tests.clusters.doors.test_erasure import erased, leave
from tests.house import PUBLIC_URL, URLS
from tests.people import refusal, told
from tests.provider.running import SECRET, signed_in_there


async def test_a_house_reads_from_its_environment_whom_it_believes(house, cluster, provider_processes, monkeypatch):
    region = provider_processes["region"]
    monkeypatch.setenv("STAFFROOM_PROVIDERS", json.dumps([region.settings]))
    settings = Settings(public_url=PUBLIC_URL, database_url=house.urls["clusters"], **URLS)
    assert SECRET not in repr(settings)
    app = create_app(settings)
    web = (await house.as_service("web")).headers
    subject = await region.has(f"d-{cluster.id}", email=cluster.addresses["dan"], email_verified=True)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://clusters", headers=web) as clusters,
    ):
        shown = told(await clusters.get("/v1/identity-providers"))
        assert shown == [{"key": "region", "name": "School account of Ústí Region"}]
        begun = told(await clusters.post("/v1/authentication-requests", json={"provider": "region"}), 201)
        address = httpx.URL(begun["address"])
        asked = {"code_challenge_method": "S256", "response_type": "code", "scope": "openid email"}
        assert asked.items() <= dict(address.params).items()
        back = httpx.URL(await signed_in_there(begun["address"], subject)).params
        answer = {"request": begun["secret"], "provider": "region", **back}
        session = told(await clusters.post("/v1/sessions", json={"answer": answer}), 201)
    assert session["person_id"] == str(cluster.dan.id)


def test_an_empty_setting_is_nobody(monkeypatch):
    monkeypatch.setenv("STAFFROOM_PROVIDERS", "")
    assert Settings(database_url="postgresql://nobody@127.0.0.1:1/nothing").providers == ()


@pytest.mark.parametrize(
    ("ways", "in_form"),
    [
        ({}, False),
        ({"token_endpoint_auth_methods_supported": ["client_secret_post"]}, True),
        ({"token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"]}, False),
        ({"token_endpoint_auth_methods_supported": ["private_key_jwt"]}, False),
    ],
)
def test_the_secret_is_told_as_the_provider_takes_it(ways, in_form):
    x = "https://login.school.test"
    said = {"issuer": x, "authorization_endpoint": x, "token_endpoint": x, "jwks_uri": x}
    assert Description.model_validate(said | ways).takes_secret_in_form is in_form


async def test_a_browser_that_does_not_come_back_is_forgotten(house, providers):
    web = await house.as_service("web")
    told(await web.clusters.post("/v1/authentication-requests", json={"provider": "region"}), 201)
    for past, left in (("50 minutes", True), ("2 hours", False)):
        await house.rows("clusters", f"update authentication_request set ends_at = now() - interval '{past}'")
        async with house.database("clusters").transaction() as db:
            await forget_old_ways_in(db)
        assert bool(await house.rows("clusters", "select 1 from authentication_request")) is left


async def test_an_account_of_a_provider_that_is_believed_no_longer_is_still_on_the_page(house, cluster):
    statement = "insert into identity (id, person_id, issuer, subject, connected_at) values ($1, $1, 'x', $2, now())"
    await house.rows("clusters", statement, cluster.dan.id, str(cluster.dan.id))
    assert told(await cluster.dan.clusters.get("/v1/me/identities"))[0]["name"] == "x"
    assert told(await cluster.cara.clusters.get("/v1/me/identities")) == []


async def sent_back(asker, subject, mine=""):
    """What a provider sends a browser back with, that this asker sent there; `mine`: to connect an account."""
    begun = told(await asker.clusters.post(f"/v1{mine}/authentication-requests", json={"provider": "region"}), 201)
    back = httpx.URL(await signed_in_there(begun["address"], subject)).params
    return {"request": begun["secret"], "provider": "region", **back}


async def signs_in(house, subject):
    web = await house.as_service("web")
    return await web.clusters.post("/v1/sessions", json={"answer": await sent_back(web, subject)})


async def connects(asker, subject):
    return await asker.clusters.post("/v1/me/identities", json=await sent_back(asker, subject, "/me"))


async def meanwhile(house, change, coming):
    """What is begun while somebody changes something, and goes on when that is committed."""
    async with house.database("clusters").transaction() as db:
        await change(db)
        await db.flush()
        task = asyncio.create_task(coming)
        await asyncio.sleep(1)
    return await task


async def test_of_two_accounts_with_one_address_that_come_at_once_the_second_stays_out(house, cluster, providers):
    region = providers["region"]
    second = await region.has(f"2-{cluster.id}", email=cluster.addresses["cara"], email_verified=True)

    async def first_comes(db):
        await lock(db, Person, cluster.cara.id, key_share=True)
        db.add(Identity(person_id=cluster.cara.id, issuer=region.issuer, subject=f"1-{cluster.id}"))

    assert refusal(await meanwhile(house, first_comes, signs_in(house, second))) == (409, "identity-unknown")


async def test_of_two_people_who_connect_one_account_at_once_the_second_hears_so(house, cluster, providers):
    region = providers["region"]
    shared = await region.has(f"shared-{cluster.id}")

    async def anna_connects(db):
        await lock_account(db, region.issuer, shared)
        db.add(Identity(person_id=cluster.anna.id, issuer=region.issuer, subject=shared))

    assert refusal(await meanwhile(house, anna_connects, connects(cluster.ben, shared))) == (409, "identity-taken")


async def test_nobody_comes_in_or_connects_while_they_leave(house, cluster, providers):
    region = providers["region"]
    known, new = await region.has(f"known-{cluster.id}"), await region.has(f"new-{cluster.id}")
    told(await connects(cluster.cara, known), 204)

    async def cara_leaves(db):
        (await lock(db, Person, cluster.cara.id, key_share=True)).left_at = real_now()

    assert refusal(await meanwhile(house, cara_leaves, signs_in(house, known))) == (409, "identity-unknown")
    assert (await connects(cluster.cara, new)).status_code == 401


async def test_who_left_for_good_has_no_account_here_and_is_nobody_to_their_provider(house, cluster, providers):
    region, mail = providers["region"], cluster.addresses["cara"]
    subject = await region.has(f"c-{cluster.id}", email=mail, email_verified=True)
    told(await signs_in(house, subject), 201)
    (identity,) = told(await cluster.cara.clusters.get("/v1/me/identities"))
    told(await cluster.cara.clusters.delete(f"/v1/me/identities/{identity['id']}"), 204)
    told(await connects(cluster.cara, subject), 204)
    begun = await sent_back(cluster.cara, subject, "/me")
    told(await leave(house, cluster.cara, mail), 202)
    assert refusal(await signs_in(house, subject)) == (409, "identity-unknown")
    await erased(house)
    for table in ("identity", "disconnection", "authentication_request"):
        assert await house.rows("clusters", f"select 1 from {table} where person_id = $1", cluster.cara.id) == []
    assert (await cluster.cara.clusters.post("/v1/me/identities", json=begun)).status_code in (401, 410)
    new = {"name": "Cara Anew", "mail": mail, "role": "teacher", "language": "en"}
    told(await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)
    assert told(await signs_in(house, subject), 201)["person_id"] != str(cluster.cara.id)
