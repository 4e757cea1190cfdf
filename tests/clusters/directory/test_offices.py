"""Who coordinates the programme and its countries: asked, listed, and ended without leaving nobody."""

import asyncio

from services.roster.standing import NATIONAL, PROGRAMME
from tests.people import a_school, accept, an_office, an_official, refusal, told
from tests.policy.test_states import last_coordinator


async def offices(asker, path="/v1/offices"):
    """The whole list, walked to its end."""
    found, after = [], {}
    while True:
        page = told(await asker.clusters.get(path, params={"limit": 3} | after))
        found += page["items"]
        if page["next"] is None:
            return found
        after = {"after": page["next"]}


async def test_a_programme_coordinator_sees_who_coordinates(house, cluster):
    olga = await an_official(house, PROGRAMME)
    national = await an_official(house, NATIONAL, "HR")
    by_person = {office["person_id"]: office for office in await offices(olga)}
    assert (by_person[str(national.id)]["kind"], by_person[str(national.id)]["country"]) == (NATIONAL, "HR")
    assert by_person[str(olga.id)]["country"] is None
    for other in (national, cluster.anna, cluster.cara):
        assert refusal(await other.clusters.get("/v1/offices")) == (403, "forbidden")
        assert refusal(await other.clusters.get("/v1/offices/invitations")) == (403, "forbidden")


async def test_who_is_asked_into_an_office_is_listed_until_they_say_yes(house):
    olga = await an_official(house, PROGRAMME)
    new = {"name": "Nela Nová", "mail": f"nela-{olga.id}@x.test", "kind": NATIONAL, "country": "SK"}
    asked = told(await olga.clusters.post("/v1/offices/invitations", json=new), 201)["id"]
    (listed,) = [one for one in await offices(olga, "/v1/offices/invitations") if one["id"] == asked]
    assert (listed["office"], listed["country"], listed["state"], listed["name"]) == (
        NATIONAL,
        "SK",
        "sent",
        "Nela Nová",
    )
    assert "manage" in listed["can"]
    demo = await house.as_service("demo")
    begun = told(await accept(demo, asked), 201)
    assert asked not in [one["id"] for one in await offices(olga, "/v1/offices/invitations")]
    assert begun["office_id"] in [office["id"] for office in await offices(olga)]


async def test_an_office_ends_and_with_it_what_it_let_see(house, cluster):
    olga, nora = await an_official(house, PROGRAMME), await an_official(house, NATIONAL, "CZ")
    where = f"/v1/clusters/{cluster.id}"
    told(await nora.clusters.get(where))
    (held,) = [office for office in await offices(olga) if office["person_id"] == str(nora.id)]
    assert "end" in held["can"]
    told(await olga.clusters.delete(f"/v1/offices/{held['id']}"))
    assert refusal(await olga.clusters.delete(f"/v1/offices/{held['id']}")) == (404, "not-found")
    assert refusal(await nora.clusters.get(where)) == (404, "not-found")


async def test_the_last_programme_coordinator_stays_until_another_said_yes(house):
    olga = await an_official(house, PROGRAMME)
    last = await last_coordinator(house, olga.id)
    (mine,) = [office for office in await offices(olga) if office["id"] == last]
    assert "end" not in mine["can"]
    assert refusal(await olga.clusters.delete(f"/v1/offices/{last}")) == (409, "last-programme-coordinator")
    demo = await house.as_service("demo")
    await an_office(demo, {"name": "Petr", "mail": f"petr-{olga.id}@x.test", "kind": PROGRAMME})
    told(await olga.clusters.delete(f"/v1/offices/{last}"))
    assert refusal(await olga.clusters.get("/v1/offices")) == (403, "forbidden")


async def test_of_two_who_leave_at_once_one_stays(house):
    olga, petr = await an_official(house, PROGRAMME), await an_official(house, PROGRAMME)
    both = [office for office in await offices(olga) if office["person_id"] in (str(olga.id), str(petr.id))]
    others = "update office set ended_at = now() where kind = $1 and ended_at is null and not person_id = any($2)"
    await house.rows("clusters", others, PROGRAMME, [olga.id, petr.id])
    demo = await house.as_service("demo")
    ways = [demo.clusters.delete(f"/v1/offices/{office['id']}") for office in both]
    assert sorted(answer.status_code for answer in await asyncio.gather(*ways)) == [200, 409]


async def test_one_office_ends_and_what_the_other_gave_stays(house, cluster):
    demo, olga = await house.as_service("demo"), await an_official(house, PROGRAMME)
    mail = next(iter(await house.rows("clusters", "select mail from address where person_id = $1", olga.id)))["mail"]
    for country in ("CZ", "HR"):
        await an_office(demo, {"name": "Olga", "mail": mail, "kind": NATIONAL, "country": country})
    mine = [one for one in await offices(olga) if one["person_id"] == str(olga.id)]
    by_country = {office["country"]: office["id"] for office in mine}
    new = {"name": "Petr", "mail": f"petr-{olga.id}@x.test", "kind": PROGRAMME}
    given = told(await olga.clusters.post("/v1/offices/invitations", json=new), 201)["id"]
    school_id = await a_school(house)
    first = {"name": "Eva", "mail": f"eva-{olga.id}@x.test", "role": "coordinator"}
    named = told(await olga.clusters.post(f"/v1/schools/{school_id}/invitations", json=first), 201)["id"]
    states = "select id from invitation where id = any($1::uuid[]) and answer is null"

    async def still_open():
        return {str(row["id"]) for row in await house.rows("clusters", states, [given, named])}

    told(await olga.clusters.delete(f"/v1/offices/{by_country['HR']}"))
    assert await still_open() == {given, named}
    await an_official(house, PROGRAMME)
    told(await olga.clusters.delete(f"/v1/offices/{by_country[None]}"))
    assert await still_open() == {named}
    told(await demo.clusters.delete(f"/v1/offices/{by_country['CZ']}"))
    assert await still_open() == set()


async def test_nobody_is_asked_into_an_office_that_they_hold(house):
    demo, olga = await house.as_service("demo"), await an_official(house, PROGRAMME)
    new = {"name": "Nela", "mail": f"nela-{olga.id}@x.test", "kind": NATIONAL, "country": "SK"}
    await an_office(demo, new)
    assert refusal(await olga.clusters.post("/v1/offices/invitations", json=new)) == (409, "already-in-office")
    told(await olga.clusters.post("/v1/offices/invitations", json=new | {"country": "CZ"}), 201)


async def test_an_office_begins_with_the_clocks_of_its_country(house):
    demo = await house.as_service("demo")
    for country, zone in (("PT", "Europe/Lisbon"), ("CZ", "Europe/Prague")):
        official = await an_official(house, "national_coordinator", country)
        assert told(await official.clusters.get("/v1/me"))["zone"] == zone
    new = {"name": "Ola", "mail": "ola@office.test", "kind": "national_coordinator", "country": "PT", "zone": "UTC"}
    begun = await an_office(demo, new)
    known = await house.rows("clusters", "select zone from person where id = $1", begun["person_id"])
    assert [row["zone"] for row in known] == ["UTC"]
