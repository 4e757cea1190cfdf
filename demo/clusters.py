"""Forming clusters: schools, memberships, people, offices."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from demo.asking import Voice, Voices
from demo.planning import Plan, PlannedCluster
from demo.shapes import Office, Person, School, Year

FIRST_VERSION = 1
DESCRIBED = {"name", "kind", "town", "latitude", "longitude", "website", "subjects", "offers", "looks_for"}


@dataclass(frozen=True)
class Formed:
    """A cluster as it is planned, with the ids of its schools and people by key."""

    planned: PlannedCluster
    id: str
    schools: dict[str, str]
    people: dict[str, str]


async def is_there(voices: Voices, year: Year) -> bool:
    """Whether the clusters of the demonstration year were ever formed here."""
    after, wanted = None, {cluster.name for cluster in year.clusters}
    while wanted:
        page = await voices.own.get("clusters", "/v1/clusters", limit=100, after=after)
        wanted -= {item["name"] for item in page["items"]}
        if not (after := page["next"]):
            break
    return not wanted


async def form_cluster(voices: Voices, planned: PlannedCluster) -> Formed:
    """The cluster without its aims, with its schools and everybody who works there."""
    data = planned.data
    terms = data.model_dump(include={"name", "country", "approach", "zone"})
    formed = await voices.own.post(
        "clusters", "/v1/clusters", terms, key=planned.key("cluster"), at=planned.at("cluster")
    )
    joined = await asyncio.gather(*(_join(voices.own, planned, formed["id"], school) for school in data.schools))
    last = max(planned.at(f"membership/{school.key}") for school in data.schools)
    await voices.own.post("clusters", f"/v1/clusters/{formed['id']}/beginning", key=planned.key("beginning"), at=last)
    return Formed(
        planned,
        formed["id"],
        schools={school.key: school_id for school, (school_id, _) in zip(data.schools, joined, strict=True)},
        people={key: person_id for _, staff in joined for key, person_id in staff.items()},
    )


async def _join(voice: Voice, planned: PlannedCluster, cluster_id: str, school: School) -> tuple[str, dict[str, str]]:
    described = school.model_dump(include=DESCRIBED)
    described |= planned.data.model_dump(include={"country", "zone"})
    counted = (("former", school.former), ("present", school.present))
    described["headcounts"] = [{"year": planned.years[year]} | heads.model_dump() for year, heads in counted]
    act = f"school/{school.key}"
    registered = await voice.post("clusters", "/v1/schools", described, key=planned.key(act), at=planned.at(act))
    membership, act = {"school_id": registered["id"], "role": school.role}, f"membership/{school.key}"
    path = f"/v1/clusters/{cluster_id}/memberships"
    await voice.post("clusters", path, membership, key=planned.key(act), at=planned.at(act))
    path = f"/v1/schools/{registered['id']}/invitations"
    # Who leads the school comes first: the others are invited into a school that is led.
    first, *others = school.people
    staff = [await _bring_in(voice, planned, school, path, first)]
    staff += await asyncio.gather(*(_bring_in(voice, planned, school, path, person) for person in others))
    known = zip(school.people, staff, strict=True)
    return registered["id"], {person.key: person_id for person, person_id in known if person_id}


async def _bring_in(voice: Voice, planned: PlannedCluster, school: School, path: str, person: Person) -> str | None:
    """The id of the person; None while they have not said yes."""
    invited = {
        "name": person.name,
        "mail": school.mail(person),
        "role": person.role,
        "language": person.language or planned.data.language,
    }
    act, yes = f"invitation/{person.key}", f"acceptance/{person.key}"
    invitation = await voice.post("clusters", path, invited, key=planned.key(act), at=planned.at(act))
    if not planned.happens(yes):
        return None
    return await _vouch(voice, invitation["id"], key=planned.key(yes), at=planned.at(yes))


async def _vouch(voice: Voice, invitation_id: str, *, key: str, at: datetime) -> str:
    """The yes of whom the house invites while it is being set up; the id of the person."""
    accepted = await voice.post("clusters", f"/v1/invitations/{invitation_id}/acceptance", key=key, at=at)
    person_id: str = accepted["person_id"]
    return person_id


async def ask_schools(voices: Voices, cluster: Formed) -> None:
    """The schools that have not answered yet."""
    planned = cluster.planned
    at = planned.at("cluster")
    for school in planned.data.asked:
        said = school.model_dump(include=DESCRIBED) | planned.data.model_dump(include={"country", "zone"})
        registered = await voices.own.post(
            "clusters", "/v1/schools", said, key=planned.key(f"asked/{school.key}"), at=at
        )
        path, key = f"/v1/clusters/{cluster.id}/school-invitations", planned.key(f"asking/{school.key}")
        said = {"school_id": registered["id"], "word": school.word}
        await voices.of(cluster.people[school.by]).post("clusters", path, said, key=key)


async def mistype(voices: Voices, cluster: Formed) -> None:
    """The invitations that are not delivered."""
    planned = cluster.planned
    for one in planned.data.mistyped:
        said = one.model_dump(include={"name", "mail"}) | {"language": planned.data.language}
        path, key = f"/v1/schools/{cluster.schools[one.school]}/invitations", planned.key(f"mistyped/{one.mail}")
        await voices.of(cluster.people[one.by]).post("clusters", path, said, key=key)


async def name_tools(voices: Voices, cluster: Formed) -> None:
    """Where the cluster works, and which of its schools cannot get in."""
    planned = cluster.planned
    for number, tool in enumerate(planned.data.tools):
        said, act = tool.model_dump(include={"kind", "name", "address", "note"}), f"tool/{number}"
        coordinator, path = voices.of(cluster.people[tool.by]), f"/v1/clusters/{cluster.id}/tools"
        named = await coordinator.post("clusters", path, said, key=planned.key(act), at=planned.at(act))
        for lockout in tool.lockouts:
            path = f"/v1/tools/{named['id']}/lockouts/{cluster.schools[lockout.school]}"
            at = planned.at(f"{act}/lockout/{lockout.school}")
            await voices.of(cluster.people[lockout.by]).put("clusters", path, {"word": lockout.word}, at=at)


async def write_development_plans(voices: Voices, cluster: Formed) -> None:
    """What the development plans of its schools say on mentoring."""
    planned = cluster.planned
    for school in planned.data.schools:
        if not (plan := school.development_plan) or not planned.happens(act := f"development_plan/{school.key}"):
            continue
        at = planned.at(act)
        said = {"text": plan.text, "since": at.date().isoformat(), "language": planned.data.language}
        path = f"/v1/schools/{cluster.schools[school.key]}/development-plan"
        await voices.of(cluster.people[plan.by]).change("clusters", path, said, version=0, at=at)


async def make_code(voices: Voices, cluster: Formed) -> None:
    """The mentor school has a code on its wall; one that is there stays."""
    school = cluster.planned.data.schools[0]
    leader, path = voices.of(cluster.people[school.people[0].key]), f"/v1/schools/{cluster.schools[school.key]}/code"
    if await leader.get("clusters", path) is None:
        await leader.put("clusters", path, {})


async def is_closed(voices: Voices, cluster: Formed) -> bool:
    """Whether a load that was interrupted has closed it already: all of it is there then."""
    school, *_ = cluster.planned.data.schools
    member = voices.of(cluster.people[school.people[0].key])
    return (await member.get("clusters", f"/v1/clusters/{cluster.id}"))["closed_at"] is not None


async def close_cluster(voices: Voices, cluster: Formed) -> None:
    """A cluster whose year is over is closed, with a last word."""
    planned = cluster.planned
    if planned.data.closing and planned.happens("closing") and not await is_closed(voices, cluster):
        said, path = {"word": planned.data.closing.word}, f"/v1/clusters/{cluster.id}/closure"
        await voices.own.put("clusters", path, said, at=planned.at("closing"))


async def name_programme(voices: Voices, plan: Plan) -> None:
    """What all clusters take part in; what stands there already stays."""
    said, at = plan.programme, plan.moments["programme/name"]
    await voices.own.change("clusters", "/v1/programme", said, version=FIRST_VERSION - 1, at=at)


async def give_office(voices: Voices, plan: Plan, office: Office) -> str:
    """The id of the person who holds it now."""
    given, key = office.model_dump(exclude={"key"}, exclude_none=True), f"office/{office.key}"
    invited = await voices.own.post("clusters", "/v1/offices/invitations", given, key=key, at=plan.moments[key])
    yes = f"{key}/acceptance"
    return await _vouch(voices.own, invited["id"], key=yes, at=plan.moments[yes])


async def write_aims(voices: Voices, cluster: Formed) -> None:
    """What the cluster is for, and what it is for later; words that stand there already stay."""
    planned, path = cluster.planned, f"/v1/clusters/{cluster.id}/aims"
    known = await voices.own.get("clusters", f"/v1/clusters/{cluster.id}")
    for number, aims in enumerate(planned.data.aims):
        if planned.happens(act := f"aims/{number}") and not known["has_plan"]:
            words = aims.model_dump(include={"priorities", "goals"})
            author, version = voices.of(cluster.people[aims.author]), FIRST_VERSION + number
            await author.change("clusters", path, words, version=version, at=planned.at(act))
