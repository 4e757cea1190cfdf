"""Contracts of web's client of my addresses."""

from tests.clusters.doors.test_own_addresses import key_for
from tests.clusters.doors.test_passkeys import session_of
from tests.contracts.conftest import refused
from web.clients.clusters.addresses import Addresses

FROM = "192.0.2.5"


async def test_an_address_is_added_confirmed_chosen_and_the_other_removed(house, cluster, asked_as):
    addresses, mail = asked_as(cluster.ben, Addresses), f"ben-{cluster.id}@home.test"
    session = await session_of(house, cluster.ben.id)
    await addresses.add(mail, session, FROM)
    await addresses.send_again(FROM)
    waiting = (await addresses.index()).waiting
    assert (waiting.mail, waiting.has_run_out) == (mail, False)
    await addresses.confirm(await key_for(house, mail))
    old, new = (await addresses.index()).addresses
    assert (old.letters_since, old.unreached, old.can) == (old.added_at, None, frozenset())
    assert (new.mail, new.letters_since, new.can) == (mail, None, {"choose", "remove"})
    await addresses.choose(new.id, session)
    await addresses.remove(old.id, session)
    (left,) = (await addresses.index()).addresses
    assert left.mail == mail
    assert await refused(addresses.remove(left.id, session)) == 409
    await addresses.drop()
    assert (await addresses.index()).waiting is None
