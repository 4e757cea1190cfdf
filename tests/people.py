"""Clusters with schools and people, made through the services' own APIs."""

from dataclasses import dataclass
from itertools import count
from typing import Any

import httpx

from tests.house import Asker, House

NUMBERS = count(1)
TOWNS = {"CZ": ("Praha", "Europe/Prague", "cs"), "JO": ("Amman", "Asia/Amman", "ar")}


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
    town, zone, _ = TOWNS[country]
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


async def a_cluster(house: House, approach: str = "top_down", country: str = "CZ") -> Neighbourhood:
    """A cluster that events and diaries have heard of."""
    demo = await house.as_service("demo")
    zone = TOWNS[country][1]
    cluster = {
        "name": f"Cluster {next(NUMBERS)}",
        "country": country,
        "approach": approach,
        "zone": zone,
    }
    cluster_id = told(await demo.clusters.post("/v1/clusters", json=cluster), 201)["id"]
    schools: dict[str, Any] = {}
    memberships: dict[str, str] = {}
    for role in ("mentor", "mentee"):
        schools[role] = await a_school(house, country)
        admitted = await demo.clusters.post(
            f"/v1/clusters/{cluster_id}/memberships", json={"school_id": schools[role], "role": role}
        )
        memberships[role] = told(admitted, 201)["id"]
    people = {
        "anna": await a_person(house, schools["mentor"], "coordinator", name="Anna Nováková", language="cs"),
        "marie": await a_person(house, schools["mentor"], name="Marie Malá"),
        "ben": await a_person(house, schools["mentee"], "coordinator", name="Ben Hill"),
        "hana": await a_person(house, schools["mentee"], "head", name="Hana Velká", language="cs"),
        "cara": await a_person(house, schools["mentee"], name="Cara Sykes"),
        "dan": await a_person(house, schools["mentee"], name="دان", language="ar"),
    }
    await house.hear()
    askers: dict[str, Any] = {name: await house.as_person(person["person_id"]) for name, person in people.items()}
    return Neighbourhood(
        id=cluster_id,
        country=country,
        **schools,
        memberships=memberships,
        staff={name: person["staff_id"] for name, person in people.items()},
        addresses={name: person["mail"] for name, person in people.items()},
        **askers,
    )
