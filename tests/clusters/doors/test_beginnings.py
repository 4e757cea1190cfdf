"""How many sign-ins may be begun at a provider, and what people hear of accounts that let them in."""

from datetime import timedelta

import pytest

from kit.clock import real_now
from services.clusters.doors.identities import requests
from services.clusters.doors.identities.queries import make_room
from services.clusters.doors.identities.requests import AuthenticationRequest
from tests.clusters.doors.test_identities import connects, signs_in
from tests.people import refusal, told

HERE, ELSEWHERE = "192.0.2.91", "192.0.2.92"


async def begun(house, source=HERE):
    web, new = await house.as_service("web"), {"provider": "region", "source": source}
    return await web.clusters.post("/v1/authentication-requests", json=new)


@pytest.fixture
async def few(house, providers, monkeypatch):
    """A house in which three may be at a provider from one network."""
    monkeypatch.setattr(requests, "MOST_BEGUN_HERE", 3)
    yield
    await house.rows("clusters", "delete from authentication_request")


async def test_who_begins_on_and_on_is_stopped_and_keeps_nobody_else_out(house, few):
    for _ in range(3):
        told(await begun(house), 201)
    answer = await begun(house)
    assert refusal(answer) == (429, "too-many-begun")
    assert answer.headers["retry-after"] == "600"
    told(await begun(house, ELSEWHERE), 201)


async def test_what_ran_out_is_forgotten_when_its_visitor_begins_again(house, few):
    for _ in range(3):
        told(await begun(house), 201)
    await house.rows("clusters", "update authentication_request set ends_at = now() - interval '1 second'")
    told(await begun(house), 201)
    ((number,),) = await house.rows("clusters", "select count(*) from authentication_request")
    assert number == 1


async def test_a_sign_in_that_is_finished_counts_no_more(house, few, cluster, providers):
    region = providers["region"]
    subject = await region.has(f"often-{cluster.id}", email=cluster.addresses["cara"], email_verified=True)
    for _ in range(4):
        told(await signs_in(house, subject), 201)


async def test_of_all_that_is_begun_what_ends_first_makes_room(house, few):
    async with house.database("clusters").transaction() as db:
        for number in range(5):
            new = {"secret_digest": f"secret {number}", "state_digest": "state", "provider": "region"}
            db.add(AuthenticationRequest(**new, ends_at=real_now() + timedelta(minutes=5 - number)))
        await db.flush()
        await make_room(db, 5)
        assert await kept(db) == ["secret 0", "secret 1", "secret 2", "secret 3", "secret 4"]
        await make_room(db, 3)
        assert await kept(db) == ["secret 0", "secret 1", "secret 2"]


async def kept(db):
    rows = await (await db.connection()).exec_driver_sql("select secret_digest from authentication_request order by 1")
    return list(rows.scalars())


async def news_of(person):
    listed = told(await person.clusters.get("/v1/notices"))["items"]
    return [(one["kind"], one["params"]["provider"]) for one in listed if one["kind"].startswith("identity_")]


async def letters_to(house, mail):
    await house.run_jobs("clusters")
    rows = await house.rows("clusters", "select subject, text from mailbox_mail where mail = $1 order by id", mail)
    return [(row["subject"], row["text"]) for row in rows if "Region" in row["subject"]]


async def test_whom_an_account_lets_in_hears_of_it_and_of_its_end(house, cluster, providers):
    region, mail = providers["region"], cluster.addresses["cara"]
    subject = await region.has(f"told-{cluster.id}", email=mail, email_verified=True)
    told(await signs_in(house, subject), 201)
    told(await signs_in(house, subject), 201)
    assert await news_of(cluster.cara) == [("identity_connected", region.name)]
    (identity,) = told(await cluster.cara.clusters.get("/v1/me/identities"))
    told(await cluster.cara.clusters.delete(f"/v1/me/identities/{identity['id']}"), 204)
    told(await connects(cluster.cara, subject), 204)
    told(await connects(cluster.cara, subject), 204)
    kinds = [kind for kind, _ in await news_of(cluster.cara)]
    assert kinds == ["identity_connected", "identity_disconnected", "identity_connected"]
    letters = await letters_to(house, mail)
    assert sorted("lets you in now" in subject for subject, _ in letters) == [False, True, True]
    assert all("If that was not you" in text and "stop" not in text.lower() for _, text in letters)


async def test_nobody_switches_that_off(cluster):
    listed = told(await cluster.cara.clusters.get("/v1/me/preferences"))
    assert "identity_connected" not in str(listed)
