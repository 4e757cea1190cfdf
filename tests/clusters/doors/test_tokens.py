"""Who a token speaks for, how long, and whose signature is trusted."""

from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from joserfc.jwk import OKPKey
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.clock import now
from kit.identity import Keyring
from kit.problems import Unauthenticated
from services.clusters.directory.people.models import Person
from services.clusters.doors.tokens.actions import claims_of_person, sign, signing_key
from services.clusters.doors.tokens.models import SIGNS_FOR, TRUSTED_AFTERWARDS, SigningKey
from services.clusters.doors.tokens.queries import trusted_keys
from tests.house import PUBLIC_URL, Asker, bearing
from tests.people import refusal, told

EVENTS = "/v1/events"


async def forged(house, person_id, key=None, **changes):
    """A token of this person, with another key or other claims."""
    async with house.database("clusters").transaction() as db:
        person = await db.get_one(Person, person_id)
        known = await signing_key(db)
    issuer = changes.pop("iss", PUBLIC_URL)
    return sign(key or known, issuer, claims_of_person(person) | changes)


def asking(house, token):
    return Asker(house.hosts, bearing(token))


async def test_a_token_of_another_installation_opens_nothing(house, cluster):
    theirs = SigningKey(jwk=OKPKey.generate_key("Ed25519", {"kid": "theirs"}).as_dict(private=True))
    for token in (
        await forged(house, cluster.anna.id, key=theirs),
        await forged(house, cluster.anna.id, iss="http://elsewhere.test"),
        await forged(house, cluster.anna.id, aud="another product"),
    ):
        for service in ("clusters", "events", "diaries"):
            path = "/v1/clusters" if service == "clusters" else "/v1/today"
            assert refusal(await asking(house, token)[service].get(path)) == (401, "unauthenticated")
    told(await asking(house, await forged(house, cluster.anna.id)).events.get(EVENTS))


async def test_a_key_of_theirs_under_the_name_of_ours_opens_nothing(house, cluster):
    async with house.database("clusters").transaction() as db:
        kid = (await signing_key(db)).jwk["kid"]
    theirs = SigningKey(jwk=OKPKey.generate_key("Ed25519", {"kid": kid}).as_dict(private=True))
    token = await forged(house, cluster.anna.id, key=theirs)
    assert refusal(await asking(house, token).events.get(EVENTS)) == (401, "unauthenticated")


async def test_yesterdays_token_opens_nothing(house, cluster):
    token = await forged(house, cluster.anna.id, exp=int(now().timestamp()) - 1)
    assert refusal(await asking(house, token).events.get(EVENTS)) == (401, "unauthenticated")


async def test_a_token_without_a_signature_opens_nothing(house, cluster):
    token = await forged(house, cluster.anna.id)
    header, claims, _ = token.split(".")
    unsigned = "eyJhbGciOiJub25lIn0"
    for bad in (f"{header}.{claims}.", f"{unsigned}.{claims}.", f"{header}.{claims}", "nonsense", "ü"):
        asker = Asker(house.hosts, {"authorization": f"Bearer {bad}".encode()})
        assert refusal(await asker.events.get(EVENTS)) == (401, "unauthenticated")
    basic = Asker(house.hosts, {"authorization": "Basic YTpi"})
    assert refusal(await basic.events.get(EVENTS)) == (401, "unauthenticated")


@asynccontextmanager
async def rotation(house):
    """A session of the database whose changes to keys are forgotten afterwards."""
    async with AsyncSession(house.database("clusters").engine) as db:
        yield db
        await db.rollback()


async def grow_old(db, keys, age):
    for key in keys:
        key.made_at -= age
    await db.flush()


async def published(db):
    return {"keys": [OKPKey.import_key(key.jwk).as_dict(private=False) for key in await trusted_keys(db)]}


async def trusts(db, token):
    return (await Keyring(lambda: published(db), PUBLIC_URL).actor(token)).id


async def test_tokens_of_the_key_before_are_trusted_for_an_hour(house, cluster):
    async with rotation(house) as db:
        cara = await db.get_one(Person, cluster.cara.id)
        old = await signing_key(db)
        before = sign(old, PUBLIC_URL, claims_of_person(cara))
        await grow_old(db, [old], SIGNS_FOR + timedelta(minutes=1))
        new = await signing_key(db)
        assert new.id != old.id
        after = sign(new, PUBLIC_URL, claims_of_person(cara))
        assert await trusts(db, before) == await trusts(db, after) == cluster.cara.id
        await grow_old(db, [old], TRUSTED_AFTERWARDS)
        with pytest.raises(Unauthenticated):
            await trusts(db, before)


async def test_a_service_asks_again_for_keys_when_it_does_not_know_one(house, cluster, monkeypatch):
    asked = []
    async with rotation(house) as db:

        async def load():
            asked.append(1)
            return await published(db)

        monkeypatch.setattr("kit.identity.RELOAD_AFTER", 0)
        keyring = Keyring(load, PUBLIC_URL)
        cara = await db.get_one(Person, cluster.cara.id)
        old = await signing_key(db)
        await keyring.actor(sign(old, PUBLIC_URL, claims_of_person(cara)))
        await grow_old(db, [old], SIGNS_FOR)
        token = sign(await signing_key(db), PUBLIC_URL, claims_of_person(cara))
        assert (await keyring.actor(token)).id == cluster.cara.id
    assert len(asked) == 2


async def test_private_keys_are_not_published(house):
    document = told(await house.guest.clusters.get("/v1/keys"))
    assert document["keys"]
    assert all("d" not in key for key in document["keys"])
