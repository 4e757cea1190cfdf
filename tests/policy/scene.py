"""One cluster with everybody who could want something of it."""

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from sqlmodel.ext.asyncio.session import AsyncSession

from kit.jobs import enqueue
from services.clusters.directory.people.models import Address, Person
from services.clusters.doors.identities.models import Identity
from services.clusters.doors.sessions.actions import begin_session
from services.clusters.doors.sessions.models import Door, Passkey
from services.clusters.doors.tries.models import digest
from tests.clusters.deciding.voting import proposed, say, show
from tests.clusters.year.planning import GOAL, YEAR, a_plan, a_todo, hand_in
from tests.diaries.writing import add_picture, comment, published
from tests.events.making import announce, terms
from tests.house import MODULES, Asker, House, bearing
from tests.people import a_cluster, an_office, an_official, told
from tests.pictures import a_picture
from tests.policy.meaning import CLIENTS, EVERYBODY, IN_SIGHT, MEMBERS

# A kind of each service of which the scene has no fact.
RARE = {"clusters": "house.opened", "events": "event.cancelled", "diaries": "entry.removed"}


@dataclass
class Scene:
    """`askers` by role, and what fills the paths and bodies of requests."""

    askers: dict[str, Any]
    known: dict[str, str]
    bodies: dict[tuple[str, str, str], Any]


KNOWN_TO_ALL = {
    "/v1/schools/{school_id}",
    "/v1/countries/{country}/help-promise",
    "/v1/countries/{country}/support",
}


def in_sight(service: str, path: str) -> set[str]:
    """Who may know at all of what this path names."""
    if "{office_id}" in path:
        return {"programme coordinator", "client demo"}
    if "{client_id}" in path:
        return MEMBERS
    if "{invitation_id}" in path:
        return {"teacher", "coordinator", "head", "national coordinator", "programme coordinator", "client demo"}
    if "{school_invitation_id}" in path:
        return IN_SIGHT | {"client demo"}
    if "{request_id}" in path:
        return {"teacher", "coordinator", "mentor coordinator", "national coordinator"}
    if "{import_id}" in path:
        return {"national coordinator", "programme coordinator", "client demo"}
    if "{endpoint_id}" in path:
        return {"client demo"}
    if "{session}" in path or "{identity_id}" in path or "{passkey_id}" in path or "{address_id}" in path:
        return {"teacher"}
    if "{job_id}" in path or "{" not in path or path in KNOWN_TO_ALL:
        return EVERYBODY
    return IN_SIGHT | {"client demo"} if service == "clusters" else IN_SIGHT


# Without countries, so that it shuts nobody out.
A_PROGRAMME = """
insert into programme (number, name, begins, ends, licence, funding, disclaimer, contact, hashtag, version)
values (1, 'P', '2026-09-01', '2027-06-30', 'CC0-1.0', '', '', '', '', 1) on conflict do nothing
"""


A_LOGO = """
insert into logo (number, id, width, height, small, large, added_at)
values (1, gen_random_uuid(), 1, 1, 'x', 'x', now()) on conflict do nothing
"""


async def set_scene(house: House, approach: str) -> Scene:
    await house.rows("clusters", A_PROGRAMME)
    await house.rows("clusters", A_LOGO)
    cluster, other = await a_cluster(house, approach), await a_cluster(house)
    demo = await house.as_service("demo")
    event = await announce(cluster.anna, cluster, 5)
    entry_id = await published(cluster.cara, cluster)
    made = await cluster.anna.clusters.post(
        f"/v1/clusters/{cluster.id}/clients", json={"name": "Moodle", "scopes": ["webhooks"]}
    )
    office = {"name": "O", "mail": f"o-{cluster.id}@x.test", "kind": "national_coordinator", "country": "DE"}
    tool = await cluster.anna.clusters.post(f"/v1/clusters/{cluster.id}/tools", json={"kind": "lms", "name": "Moodle"})
    # Before it is asked, so that it goes to the country, and climbs by nobody's hand.
    nora = await an_official(house, "national_coordinator", "CZ")
    helped = {"about": "Who pays the substitute?"}
    request = await cluster.cara.clusters.post(f"/v1/clusters/{cluster.id}/help-requests", json=helped)
    plan, todo = await a_plan(cluster.anna, cluster, GOAL), await a_todo(nora, cluster)
    if approach == "top_down":
        told(await hand_in(cluster.anna, plan), 204)
    proposal = await a_proposal(cluster)
    feed = told(await cluster.cara.clusters.put("/v1/me/calendar-feed"))
    new = {"name": "Cara", "mail": cluster.addresses["cara"], "role": "head"}
    invited = await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new)
    await show_portrait(cluster.cara)
    known = {
        "cluster_id": cluster.id,
        "school_id": cluster.mentee,
        "country": "CZ",
        "staff_id": cluster.staff["cara"],
        "membership_id": cluster.memberships["mentee"],
        "client_id": told(made, 201)["client_id"],
        "tool_id": told(tool, 201)["id"],
        "request_id": told(request, 201)["id"],
        "year": str(YEAR),
        "plan_id": plan["id"],
        "part_id": plan["parts"][0]["id"],
        "number": "1",
        "proposal_id": proposal["id"],
        "voice_id": proposal["raised"][0]["id"],
        "todo_id": todo["id"],
        "key": feed["address"].rpartition("/")[2].removesuffix(".ics"),
        "invitation_id": told(invited, 201)["id"],
        "office_id": (await an_office(demo, office))["office_id"],
        "import_id": await a_list(house, demo),
        "school_invitation_id": await a_school_asked(house, cluster),
        "event_id": event["id"],
        "person_id": str(cluster.cara.id),
        "session": await a_session(house, cluster.cara.id),
        "entry_id": entry_id,
        "archive_id": await an_archive(house, cluster.cara),
        "part": "1",
        "picture_id": told(await add_picture(cluster.cara, entry_id), 201)["id"],
        "comment_id": told(await comment(cluster.hana, entry_id), 201)["id"],
        "name": "not-found",
    } | await ways_in_of(house, cluster.cara.id)
    for service in MODULES:
        known |= {f"{service} {name}": value for name, value in (await post_of(house, demo, service)).items()}
    program = told(made, 201)
    form = {"grant_type": "client_credentials", "client_id": program["client_id"], "client_secret": program["secret"]}
    token = told(await house.guest.clusters.post("/v1/tokens", data=form))["access_token"]
    askers = {
        "guest": house.guest,
        "program": Asker(house.hosts, bearing(token)),
        "teacher": cluster.cara,
        "coordinator": cluster.ben,
        "head": cluster.hana,
        "mentor coordinator": cluster.anna,
        "stranger": other.anna,
        "national coordinator": nora,
        "national coordinator abroad": await an_official(house, "national_coordinator", "JO"),
        "programme coordinator": await an_official(house, "programme_coordinator"),
    } | {name: await house.as_service(name.removeprefix("client ")) for name in sorted(CLIENTS)}
    return Scene(askers, known, bodies_for(cluster))


async def a_proposal(cluster: Any) -> Any:
    """By a teacher, with a concern of the coordinator's."""
    proposal = await proposed(cluster.cara, cluster)
    told(await say(cluster.ben, proposal, "concern", "Who has the time?"))
    return await show(cluster.cara, proposal)


async def show_portrait(asker: Asker) -> None:
    """To everybody who may see them."""
    told(await asker.clusters.put("/v1/me/card", json={"portrait_for": "everyone"}))
    told(await asker.clusters.put("/v1/me/portrait", files={"file": ("me.jpg", a_picture(), "image/jpeg")}))


async def a_list(house: House, demo: Any) -> str:
    """A list of schools of the country."""
    file = {"file": ("schools.csv", b"Name;Town\nSchool;Praha\n")}
    made = await demo.clusters.post("/v1/imports", data={"kind": "schools", "country": "CZ"}, files=file)
    return str(told(made, 201)["id"])


async def a_school_asked(house: House, cluster: Any) -> str:
    """The mentee school is asked into the cluster, as if it were not in it: so everybody of it sees the question."""
    asked = await house.rows(
        "clusters",
        "insert into school_invitation (id, cluster_id, school_id, role, word, invited_at, answer_word)"
        " values (gen_random_uuid(), $1, $2, 'mentee', '', now(), '') returning id",
        cluster.id,
        cluster.mentee,
    )
    return str(asked[0]["id"])


async def an_archive(house: House, asker: Asker) -> str:
    """All that is kept about somebody, packed."""
    asked = told(await asker.diaries.post("/v1/me/archives"), 202)
    await house.run_jobs("diaries")
    archive_id: str = asked["id"]
    return archive_id


async def ways_in_of(house: House, person_id: UUID) -> dict[str, str]:
    """An account elsewhere, a passkey, and an address to which no letters go: each lets this person in."""
    kept = {
        "identity_id": Identity(person_id=person_id, issuer="https://login.school.test", subject=str(person_id)),
        "passkey_id": Passkey(
            person_id=person_id, credential_id=person_id.bytes, public_key=b"", sign_count=0, name="Phone"
        ),
        "address_id": Address(mail=f"{person_id}@home.test", person_id=person_id),
    }
    async with house.database("clusters").transaction() as db:
        db.add_all(kept.values())
    return {name: str(each.id) for name, each in kept.items()}


async def a_session(house: House, person_id: Any) -> str:
    """The digest of a session that this person has."""
    async with house.database("clusters").transaction() as db:
        return digest(begin_session(db, await db.get_one(Person, person_id), door=Door.link))


def bodies_for(cluster: Any) -> dict[tuple[str, str, str], Any]:
    """Where the policy asks about what is sent, it has to be something that can be asked about."""
    school = {"name": "S", "town": "T", "country": "CZ", "zone": "UTC"}
    formed = {"name": "N", "country": "CZ", "approach": "top_down", "zone": "UTC"}
    event = {"cluster_id": cluster.id, "title": "T", "format": "workshop"} | terms(5)
    entry = {"cluster_id": cluster.id, "title": "T", "language": "en"}
    guest = {"name": "N", "mail": f"n-{cluster.id}@x.test"}
    return {
        ("clusters", "POST", "/v1/schools/{school_id}/invitations"): guest,
        ("clusters", "POST", "/v1/schools/{school_id}/invitations/preview"): {"people": [guest]},
        ("clusters", "POST", "/v1/schools/{school_id}/invitations/several"): {"people": [guest]},
        ("clusters", "PUT", "/v1/schools/{school_id}/code"): {},
        ("clusters", "PUT", "/v1/me/addresses/{address_id}/letters"): {"session": "made up"},
        ("clusters", "POST", "/v1/me/addresses/{address_id}/removal"): {"session": "made up"},
        ("clusters", "POST", "/v1/schools"): school,
        ("clusters", "POST", "/v1/clusters"): formed,
        ("events", "POST", "/v1/events"): event,
        ("diaries", "POST", "/v1/entries"): entry,
    }


async def post_of(house: House, demo: Any, service: str) -> dict[str, str]:
    """An endpoint with a delivery, and a job that failed for good."""
    new = {"url": "http://receiver.test/hook", "kinds": [RARE[service]]}
    endpoint_id = told(await demo[service].post("/v1/endpoints", json=new), 201)["id"]
    delivery_id = str(uuid4())
    await house.rows(
        service,
        "insert into delivery (id, endpoint_id, place, body, attempts) values ($1, $2, 1, $3, 0)",
        delivery_id,
        endpoint_id,
        f'{{"type": "{RARE[service]}"}}',
    )
    return {"endpoint_id": endpoint_id, "delivery_id": delivery_id, "job_id": await failed_job(house, service)}


async def failed_job(house: House, service: str) -> str:
    """The id of a job that failed for good: the one there is, or a new one."""
    failed = "update pgqueuer set status = 'failed' where entrypoint = 'test.failed' returning id"
    if not (jobs := await house.rows(service, failed)):
        async with house.database(service).transaction() as db:
            await enqueue(db, "test.failed")
        jobs = await house.rows(service, failed)
    return str(jobs[0]["id"])


@asynccontextmanager
async def undone(database: Any) -> Any:
    """A transaction that is always rolled back, in place of one that commits."""
    async with AsyncSession(database.engine, expire_on_commit=False) as db:
        yield db
        await db.rollback()
