"""Programs that are let in: what they reach, for whom they act, and how they are shut out."""

from uuid import uuid4

from tests.diaries.writing import publish, read, start
from tests.house import SECRETS, Asker, bearing
from tests.people import a_cluster, a_person, an_office, refusal, token_refusal, told

EVENTS = "/v1/events"


async def grant(house, client_id, secret, **more):
    form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret} | more
    return await house.guest.clusters.post("/v1/tokens", data=form)


async def a_client(cluster, *scopes):
    made = await cluster.anna.clusters.post(
        f"/v1/clusters/{cluster.id}/clients", json={"name": "Moodle", "scopes": list(scopes)}
    )
    return told(made, 201)


def asking(house, token):
    return Asker(house.hosts, bearing(token))


async def test_a_client_proves_itself_by_its_secret(house):
    assert token_refusal(await grant(house, "demo", "not it")) == (401, "invalid_client")
    assert token_refusal(await grant(house, "demo", SECRETS["events"])) == (401, "invalid_client")
    assert token_refusal(await grant(house, str(uuid4()), SECRETS["demo"])) == (401, "invalid_client")
    granted = told(await grant(house, "demo", SECRETS["demo"]))
    assert (granted["token_type"], granted["expires_in"]) == ("Bearer", 300)


async def test_a_client_acts_for_people_of_its_cluster_and_nobody_else(house, cluster):
    other = await a_cluster(house)
    client = await a_client(cluster, "act_for_people")
    acting = told(await grant(house, client["client_id"], client["secret"], person_id=str(cluster.cara.id)))
    asker = asking(house, acting["access_token"])
    assert told(await asker.clusters.get("/v1/me"))["name"] == "Cara Sykes"
    beyond = await grant(house, client["client_id"], client["secret"], person_id=str(other.cara.id))
    assert token_refusal(beyond) == (400, "invalid_grant")


async def acting_for(house, cluster, person):
    client = await a_client(cluster, "act_for_people")
    granted = told(await grant(house, client["client_id"], client["secret"], person_id=str(person.id)))
    return asking(house, granted["access_token"])


async def give_office(house, cluster, name, **office):
    demo = await house.as_service("demo")
    new = {"name": name, "mail": cluster.addresses[name]} | office
    await an_office(demo, new)
    await house.hear()


async def test_a_client_does_not_take_over_whom_it_acts_for(house, cluster):
    acting = await acting_for(house, cluster, cluster.anna)
    profile = {"name": "Anna", "language": "en", "zone": "UTC"}
    new = {"name": "Another", "scopes": ["act_for_people"]}
    for answer in (
        await acting.clusters.put("/v1/me", json=profile),
        await acting.clusters.put("/v1/me/password", json={"password": "chosen by a program"}),
        await acting.clusters.post(f"/v1/clusters/{cluster.id}/clients", json=new),
        await acting.clusters.get("/v1/notices"),
    ):
        assert refusal(answer) == (403, "forbidden")
    assert "manage_clients" not in told(await acting.clusters.get(f"/v1/clusters/{cluster.id}"))["can"]
    assert told(await cluster.anna.clusters.get("/v1/me"))["has_password"] is False


async def test_a_client_has_no_use_of_the_offices_of_whom_it_acts_for(house, cluster):
    other = await a_cluster(house)
    await give_office(house, cluster, "cara", kind="programme_coordinator")
    acting = await acting_for(house, cluster, cluster.cara)
    new = {"name": "Eve", "mail": "eve@evil.test", "kind": "programme_coordinator"}
    assert refusal(await acting.clusters.post("/v1/offices/invitations", json=new)) == (403, "forbidden")
    listed = {"params": {"cluster_id": other.id}}
    for answer in (
        await acting.clusters.get(f"/v1/clusters/{other.id}"),
        await acting.events.get(EVENTS, **listed),
        await acting.diaries.get("/v1/entries", **listed),
    ):
        assert refusal(answer) == (404, "not-found")
    assert told(await acting.clusters.get("/v1/me"))["offices"] == []
    told(await cluster.cara.clusters.get(f"/v1/clusters/{other.id}"))


async def test_a_client_reaches_one_cluster_also_for_somebody_who_works_in_two(house, cluster):
    other = await a_cluster(house)
    await a_person(house, other.mentor, "coordinator", mail=cluster.addresses["cara"])
    await house.hear()
    draft, public = [await start(cluster.cara, other) for _ in range(2)]
    told(await publish(cluster.cara, public, "everyone"))
    acting = await acting_for(house, cluster, cluster.cara)
    told(await acting.events.get(EVENTS, params={"cluster_id": cluster.id}))
    mine = told(await acting.clusters.get("/v1/me"))["standings"]
    assert [standing["cluster_id"] for standing in mine] == [cluster.id]
    listed = {"params": {"cluster_id": other.id}}
    for answer in (
        await acting.clusters.get(f"/v1/clusters/{other.id}"),
        await acting.clusters.post(f"/v1/clusters/{other.id}/clients", json={"name": "X", "scopes": ["webhooks"]}),
        await acting.events.get(EVENTS, **listed),
        await acting.diaries.get("/v1/entries", **listed),
        await read(acting, draft),
    ):
        assert refusal(answer) == (404, "not-found")
    assert told(await acting.diaries.get("/v1/today"))["drafts"] == []
    assert told(await read(acting, public))["can"] == ["read"]
    told(await read(cluster.cara, draft))


async def test_the_house_acts_for_people_everywhere(house, cluster):
    await give_office(house, cluster, "cara", kind="national_coordinator", country="JO")
    granted = told(await grant(house, "demo", SECRETS["demo"], person_id=str(cluster.cara.id)))
    acting = asking(house, granted["access_token"])
    told(await acting.clusters.put("/v1/me/password", json={"password": "of the demonstration"}), 204)
    assert [office["country"] for office in told(await acting.clusters.get("/v1/me"))["offices"]] == ["JO"]


async def test_a_client_stops_acting_for_people_who_left(house, cluster):
    client = await a_client(cluster, "act_for_people")
    told(await cluster.ben.clusters.delete(f"/v1/staff/{cluster.staff['cara']}"))
    left = await grant(house, client["client_id"], client["secret"], person_id=str(cluster.cara.id))
    assert token_refusal(left) == (400, "invalid_grant")


async def test_a_client_without_the_scope_acts_for_nobody(house, cluster):
    client = await a_client(cluster, "webhooks")
    refused = await grant(house, client["client_id"], client["secret"], person_id=str(cluster.cara.id))
    assert token_refusal(refused) == (400, "unauthorized_client")


async def test_acting_for_a_person_gives_nothing_beyond_that_person(house, cluster):
    granted = told(await grant(house, "demo", SECRETS["demo"], person_id=str(cluster.cara.id)))
    school = {"name": "S", "town": "T", "country": "CZ", "zone": "UTC"}
    answer = await asking(house, granted["access_token"]).clusters.post("/v1/schools", json=school)
    assert refusal(answer) == (403, "forbidden")


async def test_a_new_secret_works_at_once_and_the_old_one_for_a_day(house, cluster):
    client = await a_client(cluster, "webhooks")
    rotated = told(await cluster.anna.clusters.post(f"/v1/clients/{client['client_id']}/secrets"), 201)
    for secret in (client["secret"], rotated["secret"]):
        told(await grant(house, client["client_id"], secret))
    await house.rows(
        "clusters",
        "update client_secret set ends_at = now() where client_id = $1 and ends_at is not null",
        client["client_id"],
    )
    told(await grant(house, client["client_id"], rotated["secret"]))
    assert token_refusal(await grant(house, client["client_id"], client["secret"])) == (401, "invalid_client")


async def test_a_revoked_client_is_shut_out_and_no_longer_listed(house, cluster):
    client = await a_client(cluster, "webhooks")
    listed = told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}/clients"))
    assert [one["id"] for one in listed] == [client["client_id"]]
    told(await cluster.anna.clusters.delete(f"/v1/clients/{client['client_id']}"), 204)
    assert token_refusal(await grant(house, client["client_id"], client["secret"])) == (401, "invalid_client")
    assert told(await cluster.anna.clusters.get(f"/v1/clusters/{cluster.id}/clients")) == []


async def endpoints_of(house, client):
    """The services that have an endpoint of this client, and how many facts are on their way there from diaries."""
    owner = f"{client['client_id']}/"
    waiting = "select 1 from delivery join endpoint on endpoint.id = endpoint_id where owner = $1"
    services = [
        service
        for service in ("clusters", "events", "diaries")
        if await house.rows(service, "select 1 from endpoint where owner = $1", owner)
    ]
    return services, len(await house.rows("diaries", waiting, owner))


async def test_a_program_that_was_shut_out_is_sent_nothing_more(house, cluster):
    client = await a_client(cluster, "webhooks")
    asker = asking(house, told(await grant(house, client["client_id"], client["secret"]))["access_token"])
    hook = {"url": "http://1.1.1.1/hook", "kinds": ["entry.published"], "cluster_id": cluster.id}
    for service in ("clusters", "events", "diaries"):
        kinds = hook["kinds"] if service == "diaries" else []
        told(await asker[service].post("/v1/endpoints", json=hook | {"kinds": kinds}), 201)
    told(await publish(cluster.cara, await start(cluster.cara, cluster)))
    await house.hear()
    assert await endpoints_of(house, client) == (["clusters", "events", "diaries"], 1)
    told(await cluster.anna.clusters.delete(f"/v1/clients/{client['client_id']}"), 204)
    assert await endpoints_of(house, client) == (["events", "diaries"], 1)
    await house.hear()
    assert await endpoints_of(house, client) == ([], 0)
    assert refusal(await asker.diaries.post("/v1/endpoints", json=hook)) == (401, "unauthenticated")
    await house.rows("diaries", "update pgqueuer set execute_after = now() where entrypoint = 'webhook.shut_out'")
    await house.run_jobs("diaries")
    assert await endpoints_of(house, client) == ([], 0)


async def test_only_the_mentor_coordinator_lets_programs_in(house, cluster):
    new = {"name": "Moodle", "scopes": ["webhooks"]}
    answer = await cluster.ben.clusters.post(f"/v1/clusters/{cluster.id}/clients", json=new)
    assert refusal(answer) == (403, "forbidden")
    client = await a_client(cluster, "webhooks")
    other = await a_cluster(house)
    answer = await other.anna.clusters.delete(f"/v1/clients/{client['client_id']}")
    assert refusal(answer) == (404, "not-found")


async def test_a_client_cannot_have_the_scopes_of_the_house(cluster):
    new = {"name": "Moodle", "scopes": ["set_up"]}
    answer = await cluster.anna.clusters.post(f"/v1/clusters/{cluster.id}/clients", json=new)
    assert answer.status_code == 422
