"""What a national coordinator asks clusters to do: one list for all, ticked by each, changed everywhere, late ones
reminded."""

from datetime import timedelta
from uuid import UUID

import pytest

from kit.clock import now
from kit.problems import NotFound
from services.clusters.year.todos.actions import tell_clusters
from services.clusters.year.todos.actions import tick as tick_cluster
from services.clusters.year.todos.queries import todo_of_cluster
from services.roster.states import ClusterClosed
from tests.people import a_cluster, an_official, refusal, told, wrong_fields

TABLE = {"title": "Hand in the composition table", "text": "Numbers of all schools.", "language": "en"}


def on(days):
    return (now().date() + timedelta(days=days)).isoformat()


async def set_one(asker, country="CZ", days=10, **more):
    said = TABLE | {"due": on(days), "title": f"{TABLE['title']} {now().timestamp()}"} | more
    return await asker.clusters.post(f"/v1/countries/{country}/todos", json=said)


async def change(asker, todo, version=None, **more):
    names = ("title", "text", "language", "due")
    said = {name: todo[name] for name in names} | {"cluster_ids": todo["cluster_ids"] or None} | more
    headers = {"If-Match": f'"{version or todo["version"]}"'}
    return await asker.clusters.put(f"/v1/todos/{todo['id']}", json=said, headers=headers)


async def in_cluster(asker, cluster, todo):
    listed = told(await asker.clusters.get(f"/v1/clusters/{cluster.id}/todos", params={"limit": 100}))["items"]
    return next((one for one in listed if one["id"] == todo["id"]), None)


async def tick(asker, todo, cluster):
    return await asker.clusters.put(f"/v1/todos/{todo['id']}/clusters/{cluster.id}/tick")


async def untick(asker, todo, cluster):
    return await asker.clusters.delete(f"/v1/todos/{todo['id']}/clusters/{cluster.id}/tick")


async def show(asker, todo):
    return told(await asker.clusters.get(f"/v1/todos/{todo['id']}"))


async def news(house, asker, cluster):
    await house.run_jobs("clusters")
    notices = told(await asker.clusters.get("/v1/notices", params={"limit": 100}))["items"]
    return [one["kind"] for one in notices if one["path"] == f"/clusters/{cluster.id}/todos"]


async def overdue(house, todo, days=3):
    await house.rows("clusters", "update cluster set formed_at = now() - interval '90 days'")
    await house.rows("clusters", "update todo set due = current_date - $2::int where id = $1", todo["id"], days)


@pytest.fixture(autouse=True)
async def tidy(house):
    """What is for all clusters would wait for people of other tests."""
    yield
    await house.rows("clusters", "update todo set removed_at = now()")


@pytest.fixture
async def nora(house):
    return await an_official(house, "national_coordinator", "CZ")


@pytest.fixture
async def south(house):
    """A cluster that its schools have set up."""
    return await a_cluster(house, approach="bottom_up")


async def test_it_is_for_all_clusters_of_the_country_and_each_ticks_its_own(house, nora, cluster, south):
    todo = told(await set_one(nora), 201)
    assert (todo["for_all"], todo["cluster_ids"], todo["ticked"], todo["late"]) == (True, [], 0, 0)
    mine = await in_cluster(cluster.cara, cluster, todo)
    assert (mine["is_suggestion"], mine["ticked_at"], "tick" in mine["can"]) == (False, None, False)
    assert (await in_cluster(south.cara, south, todo))["is_suggestion"]
    told(await tick(cluster.ben, todo, cluster), 204)
    told(await tick(cluster.anna, todo, cluster), 204)
    mine = await in_cluster(cluster.anna, cluster, todo)
    assert (bool(mine["ticked_at"]), mine["ticked_by"]) == (True, "Ben Hill")
    assert (await show(nora, todo))["ticked"] == 1
    assert (await in_cluster(south.anna, south, todo))["ticked_at"] is None
    for _ in range(2):
        told(await untick(cluster.anna, todo, cluster), 204)
    assert (await show(nora, todo))["ticked"] == 0


async def test_who_ticks_depends_on_the_approach(nora, cluster, south):
    todo = told(await set_one(nora), 201)
    assert refusal(await tick(cluster.cara, todo, cluster)) == (403, "forbidden")
    assert refusal(await tick(nora, todo, cluster)) == (403, "forbidden")
    told(await tick(south.cara, todo, south), 204)
    assert refusal(await tick(south.cara, todo, cluster)) == (404, "not-found")


async def test_some_clusters_are_chosen(nora, cluster, south):
    todo = told(await set_one(nora, cluster_ids=[south.id]), 201)
    assert (todo["for_all"], todo["clusters"], todo["cluster_ids"]) == (False, 1, [south.id])
    assert await in_cluster(cluster.anna, cluster, todo) is None
    assert refusal(await tick(cluster.anna, todo, cluster)) == (404, "not-found")
    assert await in_cluster(south.anna, south, todo)


async def test_changed_it_changes_everywhere_and_ticks_stay(house, nora, cluster, south):
    todo = told(await set_one(nora), 201)
    await house.run_jobs("clusters")
    told(await tick(cluster.anna, todo, cluster), 204)
    changed = told(await change(nora, todo, title="Hand in two tables", due=on(20)))
    assert (changed["version"], changed["ticked"]) == (2, 1)
    assert (await in_cluster(south.anna, south, todo))["title"] == "Hand in two tables"
    assert sorted(await news(house, south.anna, south)) == ["todo_changed", "todo_set"]
    assert await news(house, cluster.anna, cluster) == ["todo_set"]
    assert refusal(await change(nora, todo, version=1)) == (412, "changed")
    narrowed = told(await change(nora, changed, cluster_ids=[south.id]))
    assert narrowed["ticked"] == 0
    told(await change(nora, narrowed, cluster_ids=None))
    assert (await show(nora, todo))["ticked"] == 1


async def test_an_office_tells_the_mentor_first_or_all_at_once(house, nora, cluster, south):
    told(await set_one(nora), 201)
    assert await news(house, cluster.anna, cluster) == ["todo_set"]
    assert await news(house, cluster.ben, cluster) == []
    assert await news(house, south.anna, south) == ["todo_set"]
    assert await news(house, south.ben, south) == ["todo_set"]
    assert await news(house, south.cara, south) == []


async def test_late_clusters_alone_are_reminded_and_once_a_week(house, nora, cluster, south):
    other = await a_cluster(house)
    todo = told(await set_one(nora, cluster_ids=[cluster.id, other.id, south.id]), 201)
    await house.run_jobs("clusters")
    told(await tick(other.anna, todo, other), 204)
    assert told(await nora.clusters.post(f"/v1/todos/{todo['id']}/reminders")) == {"clusters": 0}
    await overdue(house, todo)
    shown = await show(nora, todo)
    assert (shown["clusters"], shown["ticked"], shown["late"], shown["remindable"]) == (3, 1, 1, 1)
    for number in (1, 0):
        assert told(await nora.clusters.post(f"/v1/todos/{todo['id']}/reminders")) == {"clusters": number}
    assert (await show(nora, todo))["remindable"] == 0
    for each, kinds in ((cluster, ["todo_reminded", "todo_set"]), (other, ["todo_set"]), (south, ["todo_set"])):
        assert await news(house, each.anna, each) == kinds
    states = told(await nora.clusters.get(f"/v1/todos/{todo['id']}/clusters"))["items"]
    assert {one["cluster_id"]: (one["late"], bool(one["reminded_at"])) for one in states} == {
        cluster.id: (True, True), other.id: (False, False), south.id: (False, False),
    }  # fmt: skip
    await house.rows("clusters", "update todo_reminder set reminded_at = reminded_at - interval '8 days'")
    assert told(await nora.clusters.post(f"/v1/todos/{todo['id']}/reminders")) == {"clusters": 1}


async def test_what_waits_for_a_coordinator_is_most_urgent_first(house, nora, cluster):
    far, near, late = [told(await set_one(nora, days=days), 201) for days in (40, 5, 1)]
    await overdue(house, late)
    listed = told(await cluster.ben.clusters.get("/v1/todos", params={"limit": 100}))["items"]
    ids = [one["id"] for one in listed]
    assert far["id"] not in ids
    assert ids.index(late["id"]) < ids.index(near["id"])
    assert not [one for one in told(await cluster.cara.clusters.get("/v1/todos"))["items"] if one["id"] == near["id"]]
    told(await tick(cluster.ben, near, cluster), 204)
    listed = told(await cluster.ben.clusters.get("/v1/todos", params={"limit": 100}))["items"]
    assert near["id"] not in [one["id"] for one in listed]


async def test_what_is_wrong_is_said_beside_its_cause(house, nora, cluster):
    assert wrong_fields(await set_one(nora, days=-1)) == {"/due": "due_past"}
    assert wrong_fields(await set_one(nora, days=900)) == {"/due": "due_far_away"}
    assert wrong_fields(await set_one(nora, cluster_ids=[])) == {"/cluster_ids": "missing"}
    abroad = await a_cluster(house, country="MT")
    assert wrong_fields(await set_one(nora, cluster_ids=[abroad.id])) == {"/cluster_ids": "cluster_elsewhere"}
    assert wrong_fields(await set_one(nora, title=" "))
    todo = told(await set_one(nora, title="Once"), 201)
    assert refusal(await set_one(nora, title="Once")) == (409, "todo-twice")
    told(await set_one(nora, title="Once", days=11), 201)
    assert refusal(await change(nora, todo, due=on(11))) == (409, "todo-twice")


async def test_removed_it_is_nobodys_any_more(house, nora, cluster):
    todo = told(await set_one(nora), 201)
    told(await nora.clusters.delete(f"/v1/todos/{todo['id']}"), 204)
    assert await in_cluster(cluster.anna, cluster, todo) is None
    assert refusal(await tick(cluster.anna, todo, cluster)) == (404, "not-found")
    assert refusal(await nora.clusters.delete(f"/v1/todos/{todo['id']}")) == (404, "not-found")
    assert await news(house, cluster.anna, cluster) == []


async def test_who_has_done_it_meanwhile_is_not_told_of_it(house, nora, cluster, south):
    todo = told(await set_one(nora, cluster_ids=[cluster.id, south.id]), 201)
    told(await tick(cluster.anna, todo, cluster), 204)
    assert await news(house, cluster.anna, cluster) == []
    assert await news(house, south.anna, south) == ["todo_set"]
    at, by = now(), None
    for _ in range(2):
        await tell_clusters(house.database("clusters"), UUID(todo["id"]), "todo_reminded", [UUID(south.id)], by, at)
    assert await news(house, south.anna, south) == ["todo_reminded", "todo_set"]


@pytest.mark.parametrize("ending", ["removed", "narrowed", "closed"])
async def test_what_is_ticked_while_it_ends_is_not(house, nora, cluster, south, ending):
    todo = told(await set_one(nora, cluster_ids=[cluster.id, south.id]), 201)
    actor = await house.member("clusters", cluster.anna)
    async with house.database("clusters").transaction() as db:
        found = await todo_of_cluster(UUID(todo["id"]), UUID(cluster.id), db, actor)
        if ending == "removed":
            told(await nora.clusters.delete(f"/v1/todos/{todo['id']}"), 204)
        elif ending == "narrowed":
            told(await change(nora, todo, cluster_ids=[south.id]))
        else:
            told(await nora.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
        with pytest.raises(ClusterClosed if ending == "closed" else NotFound):
            await tick_cluster(db, found, actor.id, done=True)


async def test_a_cluster_that_is_closed_stays_chosen(nora, cluster, south):
    todo = told(await set_one(nora, cluster_ids=[cluster.id, south.id]), 201)
    told(await nora.clusters.put(f"/v1/clusters/{cluster.id}/closure", json={"word": ""}))
    told(await change(nora, todo, text="All."))
    told(await change(nora, await show(nora, todo), cluster_ids=[south.id]))
    told(await nora.clusters.delete(f"/v1/clusters/{cluster.id}/closure"))
    assert await in_cluster(cluster.anna, cluster, todo)


async def test_a_cluster_that_was_formed_after_the_day_is_not_late(house, nora):
    todo = told(await set_one(nora), 201)
    await overdue(house, todo)
    young = await a_cluster(house)
    assert await in_cluster(young.anna, young, todo) is None


async def test_only_the_offices_of_the_country_set_and_see_them(house, cluster):
    olga = await an_official(house, "programme_coordinator")
    hans = await an_official(house, "national_coordinator", "JO")
    todo = told(await set_one(olga), 201)
    for asker in (hans, cluster.anna):
        assert refusal(await set_one(asker)) == (403, "forbidden")
        for path in (f"/v1/todos/{todo['id']}", "/v1/countries/CZ/todos", f"/v1/todos/{todo['id']}/clusters"):
            assert refusal(await asker.clusters.get(path)) == (403, "forbidden")
        assert refusal(await change(asker, todo)) == (403, "forbidden")
        assert refusal(await asker.clusters.post(f"/v1/todos/{todo['id']}/reminders")) == (403, "forbidden")


async def test_lists_are_walked_to_their_end(nora, cluster):
    made = {told(await set_one(nora, days=days), 201)["id"] for days in (3, 3, 4, 5)}
    for path in ("/v1/countries/CZ/todos", f"/v1/clusters/{cluster.id}/todos", "/v1/todos"):
        asker, seen, after = nora if "countries" in path else cluster.anna, [], None
        while True:
            params = {"limit": 2} | ({"after": after} if after else {})
            page = told(await asker.clusters.get(path, params=params))
            seen += [one["id"] for one in page["items"]]
            if not (after := page["next"]):
                break
        assert made <= set(seen)
        assert len(seen) == len(set(seen))
