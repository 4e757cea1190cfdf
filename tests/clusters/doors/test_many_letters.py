"""How many letters to new addresses go out: neither strangers nor one account keep anybody from adding theirs."""

import asyncio
from ipaddress import ip_address

from kit.outside import network
from services.clusters.directory.people.models import Person
from services.clusters.doors.addresses.actions import (
    MOST_HERE,
    MOST_OF_PERSON,
    MOST_TO_ADDRESS,
    MOST_TO_ADDRESS_OF_ALL,
    add_address,
)
from services.clusters.doors.addresses.models import letters_asked_from, letters_to
from services.clusters.doors.tries.models import digest
from tests.clusters.doors.test_own_addresses import HERE, add, another, choose, has, mine
from tests.clusters.doors.test_passkeys import session_of
from tests.people import refusal, told

__all__ = ["another"]

TOO_MANY = (429, "too-many-letters")
TRIED = """insert into sign_in_try (id, mail_digest, from_digest, by_known_device, at)
  select gen_random_uuid(), $1, $2 || n, false, now() from generate_series(1, $3) n"""


async def test_letters_are_bounded_by_who_asks_and_nobody_keeps_others_from_their_address(house, cluster, another):
    told(await add(house, cluster.cara, another), 202)
    again = f"{HERE}/waiting/letters"
    for _ in range(MOST_TO_ADDRESS - 1):
        told(await cluster.cara.clusters.post(again, json={}), 202)
    assert refusal(await cluster.cara.clusters.post(again, json={})) == TOO_MANY
    told(await add(house, cluster.dan, another), 202)
    for number in range(MOST_OF_PERSON - MOST_TO_ADDRESS):
        told(await add(house, cluster.cara, f"{number}-{another}"), 202)
    assert refusal(await add(house, cluster.cara, f"more-{another}")) == TOO_MANY


async def test_letters_of_all_to_one_address_are_bounded(house, cluster, another):
    await house.rows("clusters", TRIED, digest(letters_to(another)), "", MOST_TO_ADDRESS_OF_ALL - 1)
    told(await add(house, cluster.dan, another), 202)
    assert refusal(await add(house, cluster.cara, another)) == TOO_MANY
    told(await add(house, cluster.cara, f"c-{another}"), 202)


async def test_letters_are_bounded_by_where_they_are_asked_from(house, cluster, another):
    source = "2001:db8:77::1"
    region = network(ip_address(source))
    here = digest(f"source {region}")
    many = TRIED.replace("$2 || n", "$2")
    await house.rows("clusters", many, digest(letters_asked_from(region)), here, MOST_HERE - 1)
    told(await add(house, cluster.cara, another, source), 202)
    assert refusal(await add(house, cluster.dan, f"d-{another}", source)) == TOO_MANY
    told(await add(house, cluster.dan, f"d-{another}", "2001:db8:78::1"), 202)


async def test_who_adds_one_waits_for_nobody_elsewhere(house, cluster, another):
    session = await session_of(house, cluster.cara.id)
    async with house.database("clusters").transaction() as db:
        await add_address(db, await db.get_one(Person, cluster.cara.id), another, session, "192.0.2.0")
        told(await asyncio.wait_for(add(house, cluster.dan, f"d-{another}", "198.51.100.1"), 10), 202)


async def test_each_choice_is_a_letter_too(house, cluster, another):
    await has(house, cluster.cara, another)
    for _ in range(MOST_OF_PERSON - 1):
        (_, second) = (await mine(cluster.cara))["addresses"]
        told(await choose(house, cluster.cara, second["id"]), 204)
    (first, second) = (await mine(cluster.cara))["addresses"]
    assert refusal(await choose(house, cluster.cara, second["id"])) == TOO_MANY
    assert (await mine(cluster.cara))["addresses"][0] == first
