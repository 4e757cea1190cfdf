"""Forming clusters: schools, memberships, people, offices."""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from demo.asking import Voice, Voices
from demo.reading import Cluster, Office, Person, School, Year
from kit.client import Refused

CHANGED_SINCE = 412
COUNTED_YEAR = 2021
FIRST_VERSION = 1


@dataclass(frozen=True)
class Formed:
    """A cluster with the ids of its schools and people by key; `day` is the one on which it was formed."""

    data: Cluster
    id: str
    day: date
    schools: dict[str, str]
    people: dict[str, str]


async def is_loaded(voices: Voices, year: Year) -> bool:
    """Whether the aims of the last cluster stand: they are written after everything else."""
    after = None
    while True:
        page = await voices.own.get("clusters", "/v1/clusters", limit=100, after=after)
        for item in page["items"]:
            if item["name"] == year.clusters[-1].name:
                cluster = await voices.own.get("clusters", f"/v1/clusters/{item['id']}")
                return bool(cluster["version"] > FIRST_VERSION)
        if not (after := page["next"]):
            return False


async def form_cluster(voices: Voices, data: Cluster) -> Formed:
    """The cluster without its aims, with its schools and everybody who works there."""
    terms = data.model_dump(include={"name", "programme", "country", "approach", "zone"})
    cluster = await voices.own.post("clusters", "/v1/clusters", terms, key=f"cluster/{data.key}")
    joined = await asyncio.gather(*(_join(voices.own, data, cluster["id"], school) for school in data.schools))
    return Formed(
        data=data,
        id=cluster["id"],
        day=datetime.fromisoformat(cluster["formed_at"]).astimezone(ZoneInfo(data.zone)).date(),
        schools={school.key: school_id for school, (school_id, _) in zip(data.schools, joined, strict=True)},
        people={key: person_id for _, staff in joined for key, person_id in staff.items()},
    )


async def _join(voice: Voice, cluster: Cluster, cluster_id: str, school: School) -> tuple[str, dict[str, str]]:
    key = f"{cluster.key}/{school.key}"
    described = school.model_dump(include={"name", "town", "website"})
    counted = {"year": COUNTED_YEAR, "students": school.students, "teachers": school.teachers}
    described |= {"country": cluster.country, "zone": cluster.zone, "headcounts": [counted]}
    school_id = (await voice.post("clusters", "/v1/schools", described, key=f"school/{key}"))["id"]
    membership = {"school_id": school_id, "role": school.role}
    path = f"/v1/clusters/{cluster_id}/memberships"
    await voice.post("clusters", path, membership, key=f"membership/{key}")
    staff = await asyncio.gather(*(_invite(voice, cluster, school, school_id, person) for person in school.people))
    return school_id, {person.key: row["person_id"] for person, row in zip(school.people, staff, strict=True)}


async def _invite(voice: Voice, cluster: Cluster, school: School, school_id: str, person: Person) -> Any:
    invited = {
        "name": person.name,
        "mail": school.mail(person),
        "role": person.role,
        "language": person.language or cluster.language,
    }
    path = f"/v1/schools/{school_id}/invitations"
    invitation = await voice.post("clusters", path, invited, key=f"staff/{invited['mail']}")
    return await _vouch(voice, invitation["id"])


async def _vouch(voice: Voice, invitation_id: str) -> Any:
    """The yes of whom the house invites while it is being set up."""
    path = f"/v1/invitations/{invitation_id}/acceptance"
    return await voice.post("clusters", path, None, key=f"acceptance/{invitation_id}")


async def give_office(voices: Voices, office: Office) -> str:
    """The id of the person who holds it now."""
    given = office.model_dump(exclude={"key"}, exclude_none=True)
    path = "/v1/offices/invitations"
    invitation = await voices.own.post("clusters", path, given, key=f"office/{office.mail}")
    person_id: str = (await _vouch(voices.own, invitation["id"]))["person_id"]
    return person_id


async def write_aims(voices: Voices, cluster: Formed) -> None:
    """What the cluster is for; words that stand there already stay."""
    aims = cluster.data.model_dump(include={"priorities", "goals"})
    try:
        await voices.own.put("clusters", f"/v1/clusters/{cluster.id}/aims", aims, version=FIRST_VERSION)
    except Refused as refused:
        if refused.status != CHANGED_SINCE:
            raise
