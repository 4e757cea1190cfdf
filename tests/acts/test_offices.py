"""What is done by an office is told as such; where a cluster decides itself, everybody in it reads that."""

import pytest

from tests.acts.asking import acts, aims
from tests.clusters.doors.test_invitations import ago, invited
from tests.diaries.writing import comment, published
from tests.events.making import announce
from tests.people import a_cluster, an_office, an_official, told


def by_office(found):
    return {(act["kind"], act["office"]) for act in found if act["office"]}


@pytest.mark.parametrize("kind", ["national_coordinator", "programme_coordinator"])
async def test_members_of_a_bottom_up_cluster_read_every_act_of_an_office(house, kind):
    cluster = await a_cluster(house, "bottom_up")
    official = await an_official(house, kind, "CZ" if kind == "national_coordinator" else None)
    await aims(official, cluster.id)
    event = await announce(official, cluster, 5)
    path, version = f"/v1/events/{event['id']}/description", {"if-match": f'"{event["version"]}"'}
    described = {"title": "T", "description": "", "format": "workshop"}
    told(await official.events.put(path, json=described, headers=version))
    entry_id = await published(cluster.anna, cluster)
    told(await comment(official, entry_id), 201)
    told(await official.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
    told(await official.clusters.delete(f"/v1/clusters/{cluster.id}/closure"))
    every = {
        *("cluster.aims_changed", "event.announced", "event.described", "comment.posted"),
        *("cluster.closed", "cluster.reopened"),
    }
    for reader in (cluster.cara, cluster.ben, cluster.anna):
        found = await acts(reader, f"/clusters/{cluster.id}/acts")
        assert by_office(found) == {(told_as, kind) for told_as in every}
        assert {act["actor"]["name"] for act in found if act["office"]} == {"Olga"}
    assert "entry.published" not in {act["kind"] for act in await acts(cluster.cara, f"/clusters/{cluster.id}/acts")}


async def test_in_a_top_down_cluster_its_coordinators_read_them(house, cluster):
    nora = await an_official(house, "national_coordinator", "CZ")
    await aims(nora, cluster.id)
    (act,) = [act for act in await acts(cluster.ben, f"/clusters/{cluster.id}/acts") if act["office"]]
    assert (act["kind"], act["office"], act["country"]) == ("cluster.aims_changed", "national_coordinator", "CZ")
    assert by_office(await acts(cluster.cara, f"/clusters/{cluster.id}/acts")) == set()


async def test_who_belongs_to_the_cluster_acts_as_who_they_are_there(house, cluster):
    """Anna holds an office besides; what she does as a coordinator of the mentor school is no act of it."""
    new = {"name": "Anna", "mail": cluster.addresses["anna"], "kind": "national_coordinator", "country": "CZ"}
    demo = await house.as_service("demo")
    invited = told(await demo.clusters.post("/v1/offices/invitations", json=new), 201)
    told(await cluster.anna.clusters.post(f"/v1/invitations/{invited['id']}/acceptance", json={}), 201)
    await house.hear()
    await aims(cluster.anna, cluster.id)
    told(await cluster.anna.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
    found = await acts(cluster.anna, f"/clusters/{cluster.id}/acts")
    offices = {act["kind"]: act["office"] for act in found}
    assert (offices["cluster.aims_changed"], offices["cluster.closed"]) == (None, "national_coordinator")


async def test_an_invitation_by_an_office_is_one_of_it(house):
    cluster = await a_cluster(house, "bottom_up")
    nora = await an_official(house, "national_coordinator", "CZ")
    new = {"name": "Dora", "mail": f"dora-{cluster.id}@x.test", "role": "teacher", "language": "en"}
    told(await nora.clusters.post(f"/v1/schools/{cluster.mentee}/invitations", json=new), 201)
    found = await acts(cluster.cara, f"/clusters/{cluster.id}/acts")
    assert by_office(found) == {("invitation.proposed", "national_coordinator")}
    assert "Dora" not in str(found)


async def test_an_invitation_is_of_who_sent_it_and_not_of_who_asked_for_it(house, cluster):
    """Anna proposes, Hana says yes, Ben sends it again."""
    asked = await invited(cluster.anna, cluster.mentee, f"eva-{cluster.id}@x.test")
    told(await cluster.hana.clusters.put(f"/v1/invitations/{asked}/confirmation"), 204)
    await ago(house, asked, days=1)
    told(await cluster.ben.clusters.post(f"/v1/invitations/{asked}/sending"), 202)
    found = await acts(cluster.ben, f"/schools/{cluster.mentee}/acts", ["clusters"])
    assert [(act["kind"], act["actor"]["name"]) for act in found[:3]] == [
        ("invitation.sent", "Ben Hill"),
        ("invitation.sent", "Hana Velká"),
        ("invitation.proposed", "Anna Nováková"),
    ]


async def test_an_invitation_that_an_office_withdraws_is_withdrawn_by_it(house):
    cluster = await a_cluster(house, "bottom_up")
    nora = await an_official(house, "national_coordinator", "CZ")
    asked = await invited(nora, cluster.mentee, f"eva-{cluster.id}@x.test")
    told(await nora.clusters.delete(f"/v1/invitations/{asked}"), 204)
    every = {(f"invitation.{verb}", "national_coordinator") for verb in ("proposed", "withdrawn")}
    assert by_office(await acts(cluster.cara, f"/clusters/{cluster.id}/acts")) == every


async def test_who_holds_two_offices_acts_in_each_country_by_the_one_over_it(house, cluster):
    """Olga coordinates the programme, and one country besides; what she changes there is her own meeting."""
    abroad = await a_cluster(house, country="JO")
    olga = {"name": "Olga", "mail": f"olga-{cluster.id}@office.test"}
    demo = await house.as_service("demo")
    await an_office(demo, olga | {"kind": "national_coordinator", "country": "CZ"})
    office = await an_office(demo, olga | {"kind": "programme_coordinator"})
    await house.hear()
    asker = await house.as_person(office["person_id"])
    for where, by in ((cluster, "national_coordinator"), (abroad, "programme_coordinator")):
        event = await announce(asker, where, 5)
        path, version = f"/v1/events/{event['id']}/description", {"if-match": f'"{event["version"]}"'}
        told(
            await asker.events.put(path, json={"title": "T", "description": "", "format": "workshop"}, headers=version)
        )
        found = await acts(asker, f"/clusters/{where.id}/acts", ["events"])
        assert by_office(found) == {("event.announced", by), ("event.described", by)}
