"""Contracts of web's clients of passkeys."""

from tests.clusters.doors.test_passkeys import session_of
from tests.contracts.conftest import refused
from tests.device import Device
from web.clients.clusters.passkeys import MyPasskeys, Passkeys
from web.clients.clusters.sessions import MySessions, Sessions

FROM = "192.0.2.5"


async def test_a_passkey_is_added_lets_in_and_is_removed(house, cluster, asked_as):
    web, device = await house.as_service("web"), Device()
    passkeys, mypasskeys = asked_as(web, Passkeys), asked_as(cluster.ben, MyPasskeys)
    asked = await mypasskeys.begin(await session_of(house, cluster.ben.id))
    await mypasskeys.add("My phone", device.make(asked.options))
    (passkey,) = await mypasskeys.index()
    assert (passkey.name, passkey.used_at) == ("My phone", None)
    answer = device.sign((await passkeys.begin(FROM, offered=True)).options)
    session = await asked_as(web, Sessions).begin(passkey=answer, source=FROM, device="", agent="")
    assert session.person_id == cluster.ben.id
    assert (await asked_as(cluster.ben, MySessions).index()).items[0].door == "passkey"
    await mypasskeys.remove(passkey.id)
    assert await mypasskeys.index() == []
    assert await refused(mypasskeys.remove(passkey.id)) == 404
