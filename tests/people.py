"""Clusters with schools and people, made through the services' own APIs."""

from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any
from uuid import UUID

import httpx
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.identity import acting_client
from services.clusters.clusters.clusters.actions import form_cluster
from services.clusters.clusters.clusters.models import Approach
from services.clusters.clusters.clusters.schemas import ClusterIn
from services.clusters.clusters.memberships.models import SchoolRole
from services.clusters.directory.people.actions import find_or_register_person
from services.clusters.directory.schools.actions import register_school
from services.clusters.directory.schools.schemas import SchoolIn
from services.clusters.directory.staff.models import Staff, StaffRole
from services.clusters.doors.clients.queries import service_client
from services.clusters.doors.invitations import actions as invitations
from services.clusters.doors.invitations.actions import invite_into_school
from services.clusters.doors.joining.actions import admit
from tests.copying import copy, original
from tests.house import Asker, House

NUMBERS = count(1)
TOWNS = {
    "CZ": ("Praha", "Europe/Prague", "cs"),
    "JO": ("Amman", "Asia/Amman", "ar"),
    "MT": ("Valletta", "Europe/Malta", "en"),
}
ELSEWHERE = ("Hometown", "UTC", "en")


@dataclass
class Neighbourhood:
    """A cluster with a mentor and a mentee school, and who works there.

    `anna` coordinates the mentor school, `marie` teaches there, `ben` coordinates the mentee school, `hana` heads it,
    `cara` and `dan` teach there.
    """

    id: str
    country: str
    mentor: str
    mentee: str
    memberships: dict[str, str]
    staff: dict[str, str]
    addresses: dict[str, str]
    anna: Asker
    marie: Asker
    ben: Asker
    hana: Asker
    cara: Asker
    dan: Asker

    @property
    def everybody(self) -> dict[str, Asker]:
        return {name: getattr(self, name) for name in self.staff}


def told(answer: httpx.Response, status: int = 200) -> Any:
    """The JSON of an answer that has this status."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    return answer.json() if answer.content else None


def refusal(answer: httpx.Response) -> tuple[int, str]:
    """(status, type) of a problem."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def token_refusal(answer: httpx.Response) -> tuple[int, str]:
    """(status, error) of a refusal as the token endpoint says it."""
    assert answer.headers["content-type"] == "application/json", answer.text
    return answer.status_code, answer.json()["error"]


def wrong_fields(answer: httpx.Response) -> dict[str, str]:
    """pointer: code, of a 422."""
    assert answer.status_code == 422, (answer.status_code, answer.text)
    return {error["pointer"]: error["code"] for error in answer.json()["errors"]}


async def a_school(house: House, country: str = "CZ", **more: Any) -> str:
    demo = await house.as_service("demo")
    town, zone, _ = TOWNS.get(country, ELSEWHERE)
    school = {"name": f"School {next(NUMBERS)}", "town": town, "country": country, "zone": zone} | more
    school_id: str = told(await demo.clusters.post("/v1/schools", json=school), 201)["id"]
    return school_id


async def a_person(house: House, school_id: str, role: str = "teacher", **more: Any) -> dict[str, str]:
    """Somebody new at a school: the row of the staff, and the address."""
    demo = await house.as_service("demo")
    number = next(NUMBERS)
    new = {
        "name": f"Person {number}",
        "mail": f"person{number}@school.test",
        "role": role,
        "language": "en",
        "works_at_both": True,
    } | more
    invited = told(await demo.clusters.post(f"/v1/schools/{school_id}/invitations", json=new), 201)
    staff = told(await accept(demo, invited["id"]), 201)
    return {
        "staff_id": staff["staff_id"],
        "person_id": staff["person_id"],
        "mail": new["mail"],
        "name": new["name"],
    }


async def accept(asker: Asker, invitation_id: str) -> httpx.Response:
    """Say yes to an invitation."""
    return await asker.clusters.post(f"/v1/invitations/{invitation_id}/acceptance", json={})


async def an_office(demo: Asker, new: dict[str, Any]) -> dict[str, str]:
    """Somebody is asked into an office, and the house vouches for them: `office_id` and `person_id`."""
    invited = told(await demo.clusters.post("/v1/offices/invitations", json=new), 201)
    begun: dict[str, str] = told(await accept(demo, invited["id"]), 201)
    return begun


async def an_official(house: House, kind: str, country: str | None = None) -> Asker:
    demo = await house.as_service("demo")
    new = {"name": "Olga", "mail": f"olga{next(NUMBERS)}@office.test", "kind": kind, "country": country}
    office = await an_office(demo, new)
    await house.hear()
    return await house.as_person(office["person_id"])


PEOPLE = (
    ("anna", "mentor", StaffRole.coordinator, "Anna Nováková", "cs"),
    ("marie", "mentor", StaffRole.teacher, "Marie Malá", "en"),
    ("ben", "mentee", StaffRole.coordinator, "Ben Hill", "en"),
    ("hana", "mentee", StaffRole.head, "Hana Velká", "cs"),
    ("cara", "mentee", StaffRole.teacher, "Cara Sykes", "en"),
    ("dan", "mentee", StaffRole.teacher, "دان", "ar"),
)


async def a_cluster(house: House, approach: str = "top_down", country: str = "CZ") -> Neighbourhood:
    """A cluster that events and diaries have heard of.

    The first of its kind is made by the verbs behind the API in one transaction, as the house's own client would; the
    next ones are copies of it: nearly every test begins so.
    """
    kind = f"cluster, {approach}, {country}"
    if kind in house.originals:
        known = await copy(house, house.originals[kind], NUMBERS)
    else:
        house.originals[kind] = await original(house, partial(_form, approach=approach, country=country))
        known = house.originals[kind].known
    await house.hear()
    askers: dict[str, Any] = {key: await house.as_person(person) for key, person in known["people"].items()}
    return Neighbourhood(country=country, **{key: value for key, value in known.items() if key != "people"}, **askers)


async def _form(db: AsyncSession, approach: str, country: str) -> tuple[dict[str, Any], set[UUID]]:
    town, zone, _ = TOWNS.get(country, ELSEWHERE)
    new = ClusterIn(name=f"Cluster {next(NUMBERS)}", country=country, approach=Approach(approach), zone=zone)
    demo = await service_client(db, "demo")
    assert demo
    client = acting_client.set(demo.id)
    try:
        cluster = await form_cluster(db, new, None)
        schools, memberships = {}, {}
        for role in (SchoolRole.mentor, SchoolRole.mentee):
            school = SchoolIn(name=f"School {next(NUMBERS)}", town=town, country=country, zone=zone)
            schools[role.value] = await register_school(db, school, None)
            memberships[role.value] = await admit(db, cluster, schools[role.value].id, role, None)
        staff: dict[str, Staff] = {}
        addresses: dict[str, str] = {}
        for key, school_role, staff_role, name, language in PEOPLE:
            addresses[key] = f"person{next(NUMBERS)}@school.test"
            person = await find_or_register_person(db, mail=addresses[key], name=name, language=language, zone=zone)
            invitation = await invite_into_school(
                db, schools[school_role], person, staff_role, addresses[key], None, confirmed=True
            )
            begun = await invitations.accept(db, invitation, None, demo.id)
            assert isinstance(begun, Staff)
            staff[key] = begun
    finally:
        acting_client.reset(client)
    known = {
        "id": cluster.id,
        "mentor": schools["mentor"].id,
        "mentee": schools["mentee"].id,
        "memberships": {role: membership.id for role, membership in memberships.items()},
        "staff": {key: row.id for key, row in staff.items()},
        "people": {key: row.person_id for key, row in staff.items()},
        "addresses": addresses,
    }
    return known, {demo.id}
