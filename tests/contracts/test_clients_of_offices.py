"""Contracts of web's client of offices."""

from tests.people import an_official, told
from web.clients.clusters.offices import Offices
from web.clients.clusters.people import People


async def test_offices(house, asked_as):
    olga = await an_official(house, "programme_coordinator")
    offices = asked_as(olga, Offices)
    new = {"name": "Nela Nová", "mail": f"nela-{olga.id}@x.test", "kind": "national_coordinator", "country": "SK"}
    await offices.invite("", **new, language="cs")
    asked = (await offices.invitations()).items[0]
    assert (asked.office, asked.country, asked.mail, asked.state) == (new["kind"], "SK", new["mail"], "sent")
    told(await (await house.as_service("demo")).clusters.post(f"/v1/invitations/{asked.id}/acceptance"), 201)
    held = {office.name: office for office in await walked(offices)}["Nela Nová"]
    assert (held.kind, held.country, "end" in held.can) == (new["kind"], "SK", True)
    await offices.end(held.id)
    assert held.id not in [office.id for office in await walked(offices)]


async def walked(offices):
    page = await offices.index()
    found = page.items
    while page.next:
        page = await offices.index(page.next)
        found = [*found, *page.items]
    return found


async def test_offices_name_people_formally(house, asked_as):
    olga = await an_official(house, "programme_coordinator")
    await asked_as(olga, People).change_profile(name="Olga", language="en", zone="UTC", title_before="Ing.")
    assert "Ing. Olga" in [office.formally for office in await walked(asked_as(olga, Offices))]
