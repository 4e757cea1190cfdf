"""Who reads what was done: each role, each kind of audit."""

import pytest

from tests.acts.asking import acts, aims, kinds, refused
from tests.clusters.doors.test_erasure import erased, leave
from tests.diaries.test_removal import remove, take_back
from tests.diaries.writing import comment, published, start
from tests.events.making import announce, ask, room
from tests.house import Asker, bearing
from tests.people import a_cluster, a_person, a_school, an_official, told

SEEN = 200


@pytest.fixture
async def people(house, cluster):
    """By role, everybody who could ask about the cluster, its mentee school and their country."""
    other = await a_cluster(house, country="JO")
    return {
        "guest": house.guest,
        "teacher": cluster.cara,
        "head": cluster.hana,
        "coordinator": cluster.ben,
        "mentor coordinator": cluster.anna,
        "stranger": other.anna,
        "national": await an_official(house, "national_coordinator", "CZ"),
        "national abroad": await an_official(house, "national_coordinator", "JO"),
        "programme": await an_official(house, "programme_coordinator"),
    }


WHO = {
    "cluster": {"teacher", "head", "coordinator", "mentor coordinator", "national", "programme"},
    "school": {"head", "coordinator", "national", "programme"},
    "country": {"national", "programme"},
    "programme": {"programme"},
}
HIDDEN = {"stranger": 404, "national abroad": 404, "guest": 401}


@pytest.mark.parametrize("of", WHO)
async def test_each_audit_is_for_whom_it_is_meant(cluster, people, of):
    paths = {
        "cluster": f"/clusters/{cluster.id}/acts",
        "school": f"/schools/{cluster.mentee}/acts",
        "country": "/countries/CZ/acts",
        "programme": "/acts",
    }
    for role, asker in people.items():
        hidden = HIDDEN.get(role, 403) if of in ("cluster", "school") or role == "guest" else 403
        assert await refused(asker, paths[of]) == {SEEN if role in WHO[of] else hidden}, role


async def test_a_coordinator_reads_what_was_done_in_her_cluster_and_by_whom(house, cluster):
    await aims(cluster.anna, cluster.id)
    event = await announce(cluster.anna, cluster, 5)
    entry_id = await published(cluster.cara, cluster)
    told(await comment(cluster.dan, entry_id), 201)
    for coordinator in (cluster.anna, cluster.ben):
        found = await acts(coordinator, f"/clusters/{cluster.id}/acts")
        assert [act["kind"] for act in found[:4]] == [
            *("comment.posted", "entry.published", "event.announced", "cluster.aims_changed"),
        ]
        posted, written, announced, changed = found[:4]
        assert (posted["actor"]["name"], posted["detail"]) == ("دان", "question")
        assert posted["thing"] == written["thing"] == {"id": entry_id, "name": "Reading circle"}
        assert announced["thing"] == {"id": event["id"], "name": "Writing together"}
        assert (changed["actor"]["name"], changed["office"], changed["client_id"]) == ("Anna Nováková", None, None)
        assert {"membership.begun", "staff.began", "cluster.formed"} <= {act["kind"] for act in found}


async def test_a_teacher_reads_what_she_did_herself(cluster):
    await aims(cluster.anna, cluster.id)
    await published(cluster.cara, cluster)
    found = await acts(cluster.cara, f"/clusters/{cluster.id}/acts")
    assert {act["actor"]["id"] for act in found if act["actor"]} == {str(cluster.cara.id)}
    assert "entry.published" in {act["kind"] for act in found}


async def test_a_school_reads_what_was_done_about_it_and_by_its_people(house, cluster):
    await announce(cluster.anna, cluster, 5)
    await published(cluster.cara, cluster)
    new = {"name": "Dora", "mail": f"dora-{cluster.id}@x.test", "role": "teacher", "language": "en"}
    told(await cluster.ben.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)
    found = await acts(cluster.hana, f"/schools/{cluster.mentee}/acts")
    assert [act["kind"] for act in found[:2]] == ["invitation.sent", "entry.published"]
    assert found[0]["person"] is None, "who has not said yes is not named"
    assert "event.announced" not in {act["kind"] for act in found}, "that was the mentor school"
    assert "event.announced" in await kinds(cluster.anna, f"/schools/{cluster.mentor}/acts")
    assert {"school.registered", "membership.begun", "staff.began"} <= {act["kind"] for act in found}


async def test_what_a_school_does_in_another_cluster_stays_there(house, cluster):
    """A school in two clusters: the coordinators of one read nothing of the other."""
    other = await a_cluster(house)
    demo = await house.as_service("demo")
    path = f"/v1/clusters/{other.id}/memberships"
    told(await demo.clusters.post(path, json={"school_id": cluster.mentee, "role": "mentee"}), 201)
    await house.hear()
    entry_id = await published(cluster.cara, other)
    assert entry_id not in str(await acts(cluster.anna, f"/clusters/{cluster.id}/acts"))
    assert other.id not in str(await acts(cluster.anna, f"/clusters/{cluster.id}/acts"))
    assert entry_id in str(await acts(other.anna, f"/clusters/{other.id}/acts"))
    assert entry_id in str(await acts(cluster.ben, f"/schools/{cluster.mentee}/acts"))


async def test_what_was_done_before_somebody_worked_here_is_of_where_they_worked(house, cluster):
    """Cara wrote at one school, then came to another, which then came to her cluster; there she wrote again."""
    other = await a_cluster(house)
    before = await published(cluster.cara, cluster)
    event = await announce(cluster.anna, cluster, 5)
    for name in ("cara", "anna"):
        mail = cluster.addresses[name]
        new = {"name": "X", "mail": mail, "role": "teacher", "language": "en"}
        asked = told(await other.anna.clusters.post(f"/v1/schools/{other.mentor}/invitations", json=new), 201)["id"]
        told(await getattr(cluster, name).clusters.post(f"/v1/invitations/{asked}/acceptance", json={}), 201)
    demo = await house.as_service("demo")
    path = f"/v1/clusters/{cluster.id}/memberships"
    told(await demo.clusters.post(path, json={"school_id": other.mentor, "role": "mentee"}), 201)
    await house.hear()
    after = await published(cluster.cara, cluster)
    found = str(await acts(other.anna, f"/schools/{other.mentor}/acts"))
    assert after in found
    assert before not in found
    assert event["id"] not in found
    joined = await acts(cluster.anna, f"/clusters/{cluster.id}/acts", ["clusters"])
    assert other.mentor in {act["school"]["id"] for act in joined if act["kind"] == "membership.begun"}
    of_people = [act["kind"] for act in joined if act["school"] and act["school"]["id"] == other.mentor]
    assert of_people == ["membership.begun"], "who came to a school before it belonged here is no act of here"


async def test_a_country_reads_its_clusters_its_schools_and_its_offices(house, cluster):
    nora = await an_official(house, "national_coordinator", "CZ")
    await announce(cluster.anna, cluster, 5)
    school = await a_school(house)
    abroad = await a_school(house, "JO")
    found = await acts(nora, "/countries/CZ/acts")
    assert {"event.announced", "office.given", "school.registered"} <= {act["kind"] for act in found}
    assert {act["country"] for act in found} == {"CZ"}
    assert school in str(found)
    assert abroad not in str(found)
    petra = await an_official(house, "programme_coordinator")
    assert {act["country"] for act in await acts(petra, "/acts")} >= {"CZ", "JO"}


async def test_what_is_private_does_not_stand_there(house, cluster):
    draft = await start(cluster.cara, cluster)
    event = await announce(cluster.anna, cluster, 5)
    told(await ask(cluster.cara, event, room(event)), 200)
    found = await acts(cluster.anna, f"/clusters/{cluster.id}/acts")
    assert draft not in str(found)
    assert not {act["kind"] for act in found} & {"registration.placed", "invitation.declined", "notice.told"}


async def test_what_is_deleted_of_a_draft_stands_nowhere(house, cluster):
    """Nor what is taken back under an entry that nobody else reads any more."""
    draft = await start(cluster.cara, cluster)
    told(await remove(cluster.cara, draft), 204)
    entry_id = await published(cluster.cara, cluster)
    question = told(await comment(cluster.cara, entry_id), 201)["id"]
    told(await cluster.cara.diaries.delete(f"/v1/entries/{entry_id}/publication"), 204)
    told(await take_back(cluster.cara, entry_id, question), 204)
    petra = await an_official(house, "programme_coordinator")
    nora = await an_official(house, "national_coordinator", "CZ")
    for asker, path in (
        (petra, "/acts"),
        (nora, "/countries/CZ/acts"),
        (cluster.anna, f"/clusters/{cluster.id}/acts"),
        (cluster.ben, f"/schools/{cluster.mentee}/acts"),
    ):
        found = await acts(asker, path, ["diaries"])
        assert draft not in str(found), path
        about = [act["kind"] for act in found if act["thing"] and act["thing"]["id"] == entry_id]
        assert about == ["entry.retracted", "comment.posted", "entry.published"], path


async def test_who_left_for_good_has_no_name_any_more(house, cluster):
    entry_id = await published(cluster.cara, cluster)
    told(await leave(house, cluster.cara, cluster.addresses["cara"]), 202)
    await erased(house)
    found = await acts(cluster.anna, f"/clusters/{cluster.id}/acts")
    assert "Cara" not in str(found)
    (act,) = [act for act in found if act["thing"] and act["thing"]["id"] == entry_id]
    assert act["actor"] == {"id": str(cluster.cara.id), "name": None}


async def test_a_program_is_named_beside_whom_it_acts_for(house, cluster):
    path = f"/v1/clusters/{cluster.id}/clients"
    program = told(await cluster.anna.clusters.post(path, json={"name": "Moodle", "scopes": ["act_for_people"]}), 201)
    form = {"grant_type": "client_credentials", "client_id": program["client_id"], "client_secret": program["secret"]}
    form |= {"person_id": str(cluster.cara.id)}
    token = told(await house.guest.clusters.post("/v1/tokens", data=form))["access_token"]
    await published(Asker(house.hosts, bearing(token), cluster.cara.id), cluster)
    written = (await acts(cluster.anna, f"/clusters/{cluster.id}/acts"))[0]
    assert (written["actor"]["name"], written["client_id"]) == ("Cara Sykes", program["client_id"])
    let_in = next(act for act in await acts(cluster.ben, f"/clusters/{cluster.id}/acts", about="programs"))
    assert let_in["thing"] == {"id": program["client_id"], "name": "Moodle"}
    named = {"id": program["client_id"], "name": "Moodle", "service": None}
    asked = {"params": {"id": program["client_id"]}}
    assert told(await cluster.cara.clusters.get("/v1/clients", **asked)) == [named]
    stranger = await a_person(house, await a_school(house))
    assert told(await (await house.as_person(stranger["person_id"])).clusters.get("/v1/clients", **asked)) == []
