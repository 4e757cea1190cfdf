"""What web asks of to-dos is what clusters answers."""

from datetime import timedelta
from uuid import UUID

from kit.clock import now
from tests.contracts.conftest import refused
from tests.people import an_official
from web.clients.clusters.todos import Todos


async def test_todos(house, cluster, asked_as):
    nora = await an_official(house, "national_coordinator", "CZ")
    cluster_id, due = UUID(cluster.id), now().date() + timedelta(days=9)
    said = {"title": f"Send the dates {cluster.id}", "text": "", "due": due.isoformat(), "language": "en"}
    todos, theirs = asked_as(nora, Todos), asked_as(cluster.anna, Todos)
    todo_id = await todos.set_for("CZ", "", said | {"cluster_ids": [cluster.id]})
    assert todo_id in [todo.id for todo in (await todos.of_country("CZ")).items]
    todo = await todos.show(todo_id)
    assert (todo.clusters, todo.ticked, todo.late, todo.remindable, todo.for_all) == (1, 0, 0, 0, False)
    assert {"change", "remind"} <= todo.can
    (seen,) = [one for one in (await theirs.of_cluster(cluster_id)).items if one.id == todo_id]
    assert (seen.is_suggestion, seen.late, seen.can) == (False, False, {"tick"})
    assert (await theirs.of_cluster(cluster_id, year=2001)).items == []
    await theirs.tick(todo_id, cluster_id)
    (state,) = (await todos.states(todo_id)).items
    assert (state.cluster_id, bool(state.ticked_at), state.ticked_by) == (cluster_id, True, "Anna Nováková")
    await theirs.untick(todo_id, cluster_id)
    await todos.change(todo_id, todo.version, said | {"text": "All of them.", "cluster_ids": None})
    assert await refused(todos.change(todo_id, todo.version, said)) == 412
    assert await todos.remind(todo_id) == 0
    todos = theirs
    assert (await todos.of_cluster(cluster_id)).items
    await todos.tick(todo_id, cluster_id)
    await todos.untick(todo_id, cluster_id)
    todos = asked_as(nora, Todos)
    await todos.remove(todo_id)
    assert await refused(todos.show(todo_id)) == 404
