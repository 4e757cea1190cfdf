"""Who sees many clusters finds one by its name or by a school in it, and narrows the list down."""

from datetime import timedelta

import pytest

from kit.clock import now
from tests.people import NUMBERS, a_cluster, a_school, an_official, told, wrong_fields


@pytest.fixture
async def clusters(house):
    """Three of one name: an active one with a school of another name, a forming one, and a closed one from long ago."""
    demo, name = await house.as_service("demo"), f"Žlutý kopec {next(NUMBERS)}"
    made = {}
    for state, approach in (("active", "top_down"), ("forming", "bottom_up"), ("closed", "top_down")):
        new = {"name": f"{name} {state}", "country": "CZ", "approach": approach, "zone": "Europe/Prague"}
        made[state] = told(await demo.clusters.post("/v1/clusters", json=new), 201)["id"]
    school = {"school_id": await a_school(house, name=f"Škola Łódź {name}"), "role": "mentor"}
    told(await demo.clusters.post(f"/v1/clusters/{made['active']}/memberships", json=school), 201)
    begun = "insert into beginning (cluster_id, begun_at) values ($1, now())"
    for state in ("active", "closed"):
        await house.rows("clusters", begun, made[state])
    ended = "update cluster set closed_at = now(), formed_at = now() - interval '400 days' where id = $1"
    await house.rows("clusters", ended, made["closed"])
    made["name"] = name
    return made


async def found(asker, clusters, **asked):
    """The states of those that are found."""
    answer = told(await asker.clusters.get("/v1/clusters", params={"q": clusters["name"], "limit": 100} | asked))
    ids = {made: state for state, made in clusters.items()}
    return [ids[item["id"]] for item in answer["items"]]


async def test_a_cluster_is_found_by_its_name_and_by_a_school_in_it(house, clusters):
    petra = await an_official(house, "programme_coordinator")
    number = clusters["name"].split()[-1]
    assert await found(petra, clusters) == ["active", "closed", "forming"]
    assert await found(petra, clusters, q=f"KOPEC zluty {number}") == ["active", "closed", "forming"]
    assert await found(petra, clusters, q=f"lodz {number}") == ["active"]
    assert await found(petra, clusters, q=f"lodz {number}%") == []


@pytest.mark.parametrize(
    ("asked", "states"),
    [
        ({"state": "active"}, ["active"]),
        ({"state": "forming"}, ["forming"]),
        ({"state": "closed"}, ["closed"]),
        ({"approach": "bottom_up"}, ["forming"]),
        ({"country": "JO"}, []),
        ({"country": "CZ", "approach": "top_down"}, ["active", "closed"]),
        ({"formed_since": (now() - timedelta(days=7)).date().isoformat()}, ["active", "forming"]),
        ({"formed_before": (now() - timedelta(days=7)).date().isoformat()}, ["closed"]),
    ],
)
async def test_the_list_is_narrowed_down(house, clusters, asked, states):
    petra = await an_official(house, "programme_coordinator")
    assert await found(petra, clusters, **asked) == states


async def test_nobody_finds_what_they_may_not_know_of(house, clusters, cluster):
    everything = ["active", "closed", "forming"]
    for kind, country, seen in (
        ("programme_coordinator", None, everything),
        ("national_coordinator", "CZ", everything),
        ("national_coordinator", "JO", []),
    ):
        assert await found(await an_official(house, kind, country), clusters) == seen
    for somebody in cluster.everybody.values():
        assert await found(somebody, clusters) == []
        assert [item["id"] for item in told(await somebody.clusters.get("/v1/clusters"))["items"]] == [cluster.id]


async def test_a_row_says_how_many_schools_and_people_there_are(house):
    cluster = await a_cluster(house)
    demo = await house.as_service("demo")
    (row,) = told(await cluster.cara.clusters.get("/v1/clusters"))["items"]
    assert (row["schools"], row["people"], row["closed_at"]) == (2, 6, None)
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    (row,) = told(await cluster.anna.clusters.get("/v1/clusters"))["items"]
    assert (row["schools"], row["people"]) == (1, 2)


async def test_a_filtered_list_is_walked_to_its_end(house, clusters):
    petra = await an_official(house, "programme_coordinator")
    asked, walk = {"q": clusters["name"], "country": "CZ", "limit": 1}, []
    while len(walk) < 4:
        page = told(await petra.clusters.get("/v1/clusters", params=asked))
        walk += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        asked["after"] = page["next"]
    assert walk == [clusters[state] for state in ("active", "closed", "forming")]


async def test_what_is_no_filter_is_said(cluster):
    asked = {"state": "asleep", "formed_since": "yesterday", "country": "Czechia"}
    wrong = wrong_fields(await cluster.anna.clusters.get("/v1/clusters", params=asked))
    assert set(wrong) == {"/state", "/formed_since", "/country"}
