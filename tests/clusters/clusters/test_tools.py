"""Where a cluster works: its coordinator names the tools, each school says when it cannot get in."""

from uuid import UUID

import pytest

from services.clusters.clusters.clusters.models import Cluster
from services.clusters.clusters.tools import actions
from services.clusters.clusters.tools.models import Tool
from services.clusters.clusters.tools.schemas import ToolIn
from services.roster.states import ClusterClosed
from tests.people import a_cluster, an_official, refusal, told, wrong_fields

TEAMS = {"kind": "meeting", "name": "Microsoft Teams", "address": "https://teams.example/louny", "note": "With a code."}
WORD = "We have no Microsoft 365 accounts."


async def add(asker, cluster, **more):
    return await asker.clusters.post(f"/v1/clusters/{cluster.id}/tools", json=TEAMS | more)


async def tools(asker, cluster):
    return told(await asker.clusters.get(f"/v1/clusters/{cluster.id}"))["tools"]


async def lock_out(asker, tool, school_id, word=WORD):
    return await asker.clusters.put(f"/v1/tools/{tool['id']}/lockouts/{school_id}", json={"word": word})


async def get_in(asker, tool, school_id):
    return await asker.clusters.delete(f"/v1/tools/{tool['id']}/lockouts/{school_id}")


async def facts(house, cluster, *kinds):
    rows = await house.rows(
        "clusters",
        "select kind, actor_id from fact where cluster_id = $1 and kind = any($2) order by seq",
        cluster.id,
        list(kinds),
    )
    return [(row["kind"], row["actor_id"]) for row in rows]


@pytest.fixture
async def teams(cluster):
    return told(await add(cluster.anna, cluster), 201)


async def test_who_coordinates_the_cluster_names_its_tools_and_everybody_in_it_reads_them(house, cluster, teams):
    told(await add(cluster.anna, cluster, kind="lms", name="Moodle", address=""), 201)
    for asker in (cluster.cara, cluster.dan, cluster.marie, await an_official(house, "national_coordinator", "CZ")):
        moodle, seen = await tools(asker, cluster)
        assert (moodle["name"], moodle["kind"], moodle["address"]) == ("Moodle", "lms", "")
        assert {name: seen[name] for name in TEAMS} == TEAMS
        assert (seen["can"], seen["speaks_for"]) == (["see"], [])
    assert (await tools(cluster.anna, cluster))[1]["can"] == ["see", "change"]
    ((added_by,),) = await house.rows("clusters", "select added_by from tool where id = $1", teams["id"])
    assert added_by == cluster.anna.id
    assert await facts(house, cluster, "tool.added") == [("tool.added", cluster.anna.id)] * 2


async def test_nobody_else_names_or_changes_them(house, cluster, teams):
    nora = await an_official(house, "national_coordinator", "CZ")
    for asker in (cluster.ben, cluster.hana, cluster.cara, cluster.marie, nora):
        assert refusal(await add(asker, cluster)) == (403, "forbidden")
        change = await asker.clusters.put(f"/v1/tools/{teams['id']}", json=TEAMS, headers={"if-match": '"1"'})
        assert refusal(change) == (403, "forbidden")
        assert refusal(await asker.clusters.delete(f"/v1/tools/{teams['id']}")) == (403, "forbidden")


async def test_for_who_is_elsewhere_there_are_none(house, cluster, teams):
    stranger = (await a_cluster(house)).anna
    assert refusal(await stranger.clusters.get(f"/v1/clusters/{cluster.id}"))[0] == 404
    assert refusal(await stranger.clusters.get(f"/v1/tools/{teams['id']}"))[0] == 404
    assert refusal(await lock_out(stranger, teams, cluster.mentee))[0] == 404
    for path in (f"/v1/clusters/{cluster.id}", f"/v1/tools/{teams['id']}"):
        assert refusal(await house.guest.clusters.get(path))[0] == 401


async def test_what_cannot_be_a_tool_is_said_at_its_field(cluster):
    answer = await add(cluster.anna, cluster, name=" ", kind="fax", address="on the wall", note="x" * 1_001)
    assert wrong_fields(answer) == {
        "/name": "string_too_short",
        "/kind": "enum",
        "/address": "link_invalid",
        "/note": "string_too_long",
    }
    assert wrong_fields(await add(cluster.anna, cluster, address="javascript:alert(1)")) == {"/address": "link_invalid"}


async def test_a_tool_is_changed_by_who_has_read_it_and_removed_with_what_was_said_of_it(house, cluster, teams):
    path = f"/v1/tools/{teams['id']}"
    told(await lock_out(cluster.ben, teams, cluster.mentee), 204)
    said = TEAMS | {"name": "Teams", "kind": "other", "note": ""}
    changed = told(await cluster.anna.clusters.put(path, json=said, headers={"if-match": '"1"'}))
    assert (changed["name"], changed["kind"], changed["note"], changed["version"]) == ("Teams", "other", "", 2)
    assert [lockout["word"] for lockout in changed["lockouts"]] == [WORD]
    assert refusal(await cluster.anna.clusters.put(path, json=said, headers={"if-match": '"1"'}))[0] == 412
    assert refusal(await cluster.anna.clusters.put(path, json=said))[0] == 428
    told(await cluster.anna.clusters.delete(path), 204)
    assert await tools(cluster.ben, cluster) == []
    assert refusal(await cluster.anna.clusters.get(path))[0] == 404
    assert refusal(await lock_out(cluster.ben, teams, cluster.mentee))[0] == 404
    ((name, removed_by),) = await house.rows("clusters", "select name, removed_by from tool where id = $1", teams["id"])
    assert (name, removed_by) == ("Teams", cluster.anna.id)
    assert await facts(house, cluster, "tool.changed", "tool.removed") == [
        ("tool.changed", cluster.anna.id),
        ("tool.removed", cluster.anna.id),
    ]


async def test_who_leads_a_school_says_that_it_cannot_get_in_and_that_it_can_again(house, cluster, teams):
    assert [tool["speaks_for"] for tool in await tools(cluster.ben, cluster)] == [[cluster.mentee]]
    told(await lock_out(cluster.ben, teams, cluster.mentee), 204)
    ((lockout,),) = [tool["lockouts"] for tool in await tools(cluster.cara, cluster)]
    assert (lockout["school_id"], lockout["word"]) == (cluster.mentee, WORD)
    told(await lock_out(cluster.hana, teams, cluster.mentee), 204)
    told(await lock_out(cluster.hana, teams, cluster.mentee, "The firewall."), 204)
    ((lockout,),) = [tool["lockouts"] for tool in await tools(cluster.marie, cluster)]
    assert lockout["word"] == "The firewall."
    for _ in range(2):
        told(await get_in(cluster.ben, teams, cluster.mentee), 204)
    assert [tool["lockouts"] for tool in await tools(cluster.cara, cluster)] == [[]]
    rows = await house.rows(
        "clusters", "select word, begun_by, ended_by from lockout where tool_id = $1 order by begun_at", teams["id"]
    )
    ben, hana = cluster.ben.id, cluster.hana.id
    assert [tuple(row) for row in rows] == [(WORD, ben, hana), ("The firewall.", hana, ben)]
    assert await facts(house, cluster, "lockout.begun", "lockout.ended") == [
        ("lockout.begun", ben),
        ("lockout.begun", hana),
        ("lockout.ended", ben),
    ]


async def test_nobody_says_it_for_another_school(cluster, teams):
    for asker, school_id in (
        (cluster.anna, cluster.mentee),
        (cluster.ben, cluster.mentor),
        (cluster.cara, cluster.mentee),
    ):
        assert refusal(await lock_out(asker, teams, school_id)) == (403, "forbidden")
        assert refusal(await get_in(asker, teams, school_id)) == (403, "forbidden")


async def test_a_school_that_left_stands_there_no_longer_and_comes_back_without_it(house, cluster, teams):
    demo = await house.as_service("demo")
    told(await lock_out(cluster.ben, teams, cluster.mentee), 204)
    told(await demo.clusters.delete(f"/v1/memberships/{cluster.memberships['mentee']}"))
    assert [tool["lockouts"] for tool in await tools(cluster.anna, cluster)] == [[]]
    assert refusal(await lock_out(cluster.ben, teams, cluster.mentee))[0] == 404
    assert refusal(await get_in(cluster.ben, teams, cluster.mentee))[0] == 404
    back = {"school_id": cluster.mentee, "role": "mentee"}
    told(await demo.clusters.post(f"/v1/clusters/{cluster.id}/memberships", json=back), 201)
    assert [tool["lockouts"] for tool in await tools(cluster.anna, cluster)] == [[]]
    told(await lock_out(cluster.ben, teams, cluster.mentee), 204)
    assert [len(tool["lockouts"]) for tool in await tools(cluster.anna, cluster)] == [1]


async def test_a_cluster_names_only_so_many(house, cluster, monkeypatch):
    monkeypatch.setattr(actions, "MOST_TOOLS", 2)
    first = told(await add(cluster.anna, cluster), 201)
    told(await add(cluster.anna, cluster), 201)
    assert refusal(await add(cluster.anna, cluster)) == (409, "too-many-tools")
    told(await cluster.anna.clusters.delete(f"/v1/tools/{first['id']}"), 204)
    told(await add(cluster.anna, cluster), 201)


async def test_while_the_cluster_is_closed_they_are_read_and_nothing_is_offered(house, cluster, teams):
    demo = await house.as_service("demo")
    told(await demo.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={}))
    (seen,) = await tools(cluster.anna, cluster)
    assert (seen["name"], seen["can"]) == ("Microsoft Teams", ["see"])
    assert [tool["speaks_for"] for tool in await tools(cluster.ben, cluster)] == [[]]


async def test_what_is_said_while_the_cluster_closes_is_asked_under_its_lock(house, cluster, teams):
    demo = await house.as_service("demo")
    told(await demo.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={}))
    anna, school_id = cluster.anna.id, UUID(cluster.mentee)

    async def late(verb):
        async with house.database("clusters").transaction() as db:
            await verb(db, await db.get_one(Cluster, UUID(cluster.id)), await db.get_one(Tool, UUID(teams["id"])))

    for verb in (
        lambda db, closed, tool: actions.add_tool(db, closed, ToolIn(**TEAMS), anna),
        lambda db, closed, tool: actions.open_tool(db, tool),
        lambda db, closed, tool: actions.remove_tool(db, tool, anna),
        lambda db, closed, tool: actions.begin_lockout(db, tool, school_id, "", anna),
        lambda db, closed, tool: actions.end_lockout(db, tool, school_id, anna),
    ):
        with pytest.raises(ClusterClosed):
            await late(verb)
