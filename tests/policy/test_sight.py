"""What somebody may know of is the same in every list, at every address, and in every database."""

from dataclasses import dataclass

import pytest

from services.roster.sight import why_in_sight
from services.roster.standing import NATIONAL, PROGRAMME, ClusterInSight
from tests.diaries.writing import published
from tests.events.making import announce
from tests.house import MODULES, Asker, bearing
from tests.people import a_cluster, a_person, a_school, accept, an_official, refusal, told

WHO_SEES_WHAT = {
    "teacher": {"home"},
    "coordinator": {"home"},
    "mentor coordinator": {"home"},
    "teacher in two clusters": {"home", "abroad"},
    "teacher in none": set(),
    "teacher who left": set(),
    "national coordinator": {"home", "near"},
    "national coordinator abroad": {"abroad"},
    "national coordinator who teaches": {"home", "near"},
    "programme coordinator": {"home", "near", "abroad"},
    "programme coordinator who teaches": {"home", "near", "abroad"},
    "program": {"home"},
    "program for a teacher in two clusters": {"home"},
}
LISTS = {"clusters": "/v1/clusters", "events": "/v1/events", "diaries": "/v1/entries"}


@dataclass
class World:
    """Two clusters of one country and one abroad, each with an event and an entry: their ids by service and name."""

    things: dict[str, dict[str, str]]
    askers: dict[str, Asker]


async def set_world(house):
    clusters = {
        "home": await a_cluster(house),
        "near": await a_cluster(house),
        "abroad": await a_cluster(house, country="JO"),
    }
    home, abroad = clusters["home"], clusters["abroad"]
    alone = await a_person(house, await a_school(house))
    national, programme = await an_official(house, NATIONAL, "CZ"), await an_official(house, PROGRAMME)
    await teach(house, home.addresses["marie"], abroad.mentee)
    for official in (national, programme):
        (found,) = await house.rows("clusters", "select mail from address where person_id = $1", official.id)
        await teach(house, found["mail"], home.mentee)
    told(await home.ben.clusters.delete(f"/v1/staff/{home.staff['dan']}"))
    things = {
        "clusters": {name: cluster.id for name, cluster in clusters.items()},
        "events": {name: (await announce(cluster.anna, cluster, 5))["id"] for name, cluster in clusters.items()},
        "diaries": {name: await published(cluster.cara, cluster) for name, cluster in clusters.items()},
    }
    await house.hear()
    askers = {
        "teacher": home.cara,
        "coordinator": home.ben,
        "mentor coordinator": home.anna,
        "teacher in two clusters": home.marie,
        "teacher in none": await house.as_person(alone["person_id"]),
        "teacher who left": home.dan,
        "national coordinator": await an_official(house, NATIONAL, "CZ"),
        "national coordinator abroad": await an_official(house, NATIONAL, "JO"),
        "national coordinator who teaches": national,
        "programme coordinator": await an_official(house, PROGRAMME),
        "programme coordinator who teaches": programme,
        "program": await program_of(house, home),
        "program for a teacher in two clusters": await program_of(house, home, home.marie),
    }
    return World(things, askers)


async def teach(house, mail, school_id):
    demo = await house.as_service("demo")
    new = {"name": "Marie Malá", "mail": mail, "role": "teacher"}
    invited = told(await demo.clusters.post(f"/v1/schools/{school_id}/invitations", json=new), 201)
    told(await accept(demo, invited["id"]), 201)


async def program_of(house, cluster, person=None):
    """A client of this cluster, that acts for itself or for somebody."""
    made = {"name": "Moodle", "scopes": ["webhooks", "act_for_people"]}
    client = told(await cluster.anna.clusters.post(f"/v1/clusters/{cluster.id}/clients", json=made), 201)
    form = {"grant_type": "client_credentials", "client_id": client["client_id"], "client_secret": client["secret"]}
    form |= {"person_id": str(person.id)} if person else {}
    return Asker(house.hosts, bearing(told(await house.guest.clusters.post("/v1/tokens", data=form))["access_token"]))


@pytest.fixture(scope="module")
def world(house):
    return house.loop.run_until_complete(set_world(house))


async def walked(asker, service, **params):
    """The ids of a whole list."""
    found, after = [], None
    while True:
        asked = params | {"limit": 100} | ({"after": after} if after else {})
        page = told(await asker[service].get(LISTS[service], params=asked))
        found += [item["id"] for item in page["items"]]
        if not (after := page["next"]):
            return found


@pytest.mark.parametrize("role", WHO_SEES_WHAT)
@pytest.mark.parametrize("service", MODULES)
async def test_a_list_holds_what_can_be_opened(world, service, role):
    asker, things, seen = world.askers[role], world.things[service], WHO_SEES_WHAT[role]
    found = await walked(asker, service)
    assert len(found) == len(set(found))
    assert {name for name, thing in things.items() if thing in found} == seen
    for name, thing in things.items():
        answer = await asker[service].get(f"{LISTS[service]}/{thing}")
        assert answer.status_code == (200 if name in seen else 404), name


@pytest.mark.parametrize("role", WHO_SEES_WHAT)
@pytest.mark.parametrize("service", ["events", "diaries"])
async def test_why_somebody_sees_it_is_said_of_whom_sees_it(house, world, service, role):
    member = await house.member(service, world.askers[role])
    rows = await house.rows(service, "select id, country, approach from cluster")
    known = {str(row["id"]): ClusterInSight(row["id"], row["country"], row["approach"]) for row in rows}
    reasons = {name: why_in_sight(member, known[of]) for name, of in world.things["clusters"].items()}
    assert {name for name, reason in reasons.items() if reason} == WHO_SEES_WHAT[role], reasons


@pytest.mark.parametrize("role", WHO_SEES_WHAT)
@pytest.mark.parametrize("service", ["events", "diaries"])
async def test_a_cluster_out_of_sight_has_no_list(world, service, role):
    for name, cluster_id in world.things["clusters"].items():
        if name in WHO_SEES_WHAT[role]:
            listed = await walked(world.askers[role], service, cluster_id=cluster_id)
            assert listed == [world.things[service][name]]
        else:
            answer = await world.askers[role][service].get(LISTS[service], params={"cluster_id": cluster_id})
            assert refusal(answer) == (404, "not-found")


@pytest.mark.parametrize(
    "role", [role for role in WHO_SEES_WHAT if not role.startswith("program ") and role != "program"]
)
@pytest.mark.parametrize("service", MODULES)
async def test_the_database_says_the_same_of_a_person(house, world, service, role):
    rows = await house.rows(service, "select cluster_id from clusters_seen_by($1)", world.askers[role].id)
    seen = {str(row["cluster_id"]) for row in rows}
    assert {name for name, cluster_id in world.things["clusters"].items() if cluster_id in seen} == WHO_SEES_WHAT[role]
