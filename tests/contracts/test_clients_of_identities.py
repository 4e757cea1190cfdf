"""Contracts of web's clients of providers, and of the accounts that people have there."""

import httpx
import pytest

from kit.client import Refused
from tests.contracts.conftest import refused
from tests.provider.running import signed_in_there
from web.clients.clusters.identities import AuthenticationRequests, MyIdentities, Providers
from web.clients.clusters.sessions import Sessions

FROM = "192.0.2.5"


async def answer_of(subject, sent):
    return await answer_from("region", subject, sent)


async def answer_from(provider, subject, sent):
    """What the provider sent the browser back with."""
    back = httpx.URL(await signed_in_there(sent.address, subject))
    return {"request": sent.secret, "provider": provider, **back.params}


async def test_an_account_is_connected_lets_in_and_is_disconnected(house, cluster, asked_as, providers):
    region, web = providers["region"], await house.as_service("web")
    subject = await region.has(f"b-{cluster.id}")
    authenticationrequests, myidentities = asked_as(web, AuthenticationRequests), asked_as(cluster.ben, MyIdentities)
    providers = asked_as(house.guest, Providers)
    first, *_ = await providers.index()
    assert (first.key, first.name) == ("region", "School account of Ústí Region")
    await myidentities.connect(**await answer_of(subject, await myidentities.begin("region", FROM)), source=FROM)
    (identity,) = await myidentities.index()
    assert identity.name == region.name
    answer = await answer_of(subject, await authenticationrequests.begin("region", FROM))
    session = await asked_as(web, Sessions).begin(answer=answer, source=FROM, device="", agent="")
    assert session.person_id == cluster.ben.id
    await myidentities.disconnect(identity.id)
    assert await myidentities.index() == []
    assert await refused(myidentities.disconnect(identity.id)) == 404


async def test_an_answer_that_nobody_waits_for_says_so(house, cluster, asked_as, providers):
    web, answer = await house.as_service("web"), {"request": "x", "provider": "region", "state": "y", "code": "z"}
    with pytest.raises(Refused) as caught:
        await asked_as(web, Sessions).begin(answer=answer)
    assert (caught.value.status, caught.value.type) == (410, "/problems/answer-unexpected")
    authenticationrequests, myidentities = asked_as(web, AuthenticationRequests), asked_as(cluster.ben, MyIdentities)
    assert await refused(authenticationrequests.begin("nowhere", None)) == 404
    assert await refused(myidentities.begin("nowhere", None)) == 404
    assert await refused(myidentities.connect(**answer)) == 410
