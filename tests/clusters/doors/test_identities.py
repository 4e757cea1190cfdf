"""How a house comes to believe providers, and what it keeps of whoever comes by one."""

import json

import httpx

from services.clusters.app import create_app
from services.clusters.doors.signing_in.actions import forget_old_ways_in
from services.clusters.settings import Settings
from tests.house import PUBLIC_URL, URLS
from tests.people import told
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
