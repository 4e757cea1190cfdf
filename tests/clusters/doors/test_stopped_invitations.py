"""Invitations can be stopped like every mail: they wait on Today then, and whoever invites reads so."""

from tests.clusters.doors.test_invitations import invite
from tests.clusters.post.test_preferences import said_by, sent_out
from tests.people import a_school, an_official, told


async def stop(house, mail):
    told(await house.guest.clusters.post("/v1/unsubscriptions", json=said_by(mail)), 204)


async def test_who_stops_invitations_is_asked_without_a_mail(house, cluster):
    await house.run_jobs("clusters")
    mail = f"eva-{cluster.id}@school.test"
    first = told(await invite(cluster.ben, cluster.mentee, mail), 201)
    (letter,) = await sent_out(house)
    assert said_by(letter)["kind"] == "invitation"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert told(await cluster.ben.clusters.get(f"/v1/invitations/{first['id']}"))["mailed"]
    await stop(house, letter)
    second = told(await invite(cluster.anna, cluster.mentor, mail), 201)
    assert await sent_out(house) == []
    for asker, asked in ((cluster.ben, first), (cluster.anna, second)):
        assert not told(await asker.clusters.get(f"/v1/invitations/{asked['id']}"))["mailed"]
    (listed,) = told(await cluster.ben.clusters.get(f"/v1/schools/{cluster.mentee}/invitations"))["items"]
    assert not listed["mailed"]
    eva = await house.as_person(await person_with(house, mail))
    mine = told(await eva.clusters.get("/v1/me"))["invitations"]
    assert {each["id"] for each in mine} == {first["id"], second["id"]}


async def test_invitations_into_offices_are_a_kind_of_their_own(house):
    programme = await an_official(house, "programme_coordinator")
    school = await a_school(house, "JO")
    await house.run_jobs("clusters")
    asked = {"name": "Eva", "mail": f"eva-{school}@ministry.test", "kind": "national_coordinator"}
    told(await programme.clusters.post("/v1/offices/invitations", json=asked | {"country": "JO"}), 201)
    (letter,) = await sent_out(house)
    assert said_by(letter)["kind"] == "office_invitation"
    await stop(house, letter)
    told(await programme.clusters.post("/v1/offices/invitations", json=asked | {"country": "CZ"}), 201)
    told(await invite(programme, school, asked["mail"], "coordinator"), 201)
    (other,) = await sent_out(house)
    assert said_by(other)["kind"] == "invitation"


async def test_what_is_stopped_while_it_is_under_way_does_not_go_out(house, cluster):
    await house.run_jobs("clusters")
    told(await invite(cluster.anna, cluster.mentor, cluster.addresses["cara"]), 201)
    unwanted = {"every": "day", "weekday": 0, "hour": 7, "without_content": False, "ways": {"invitation": "app"}}
    told(await cluster.cara.clusters.put("/v1/me/preferences", json=unwanted))
    assert await sent_out(house) == []


async def person_with(house, mail):
    (row,) = await house.rows("clusters", "select person_id from address where mail = $1", mail)
    return row["person_id"]
