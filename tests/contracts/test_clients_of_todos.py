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
    office, todos = asked_as(nora, Todos), asked_as(cluster.anna, Todos)
    todo_id = await office.set_for("CZ", "", said | {"cluster_ids": [cluster.id]})
    assert todo_id in [todo.id for todo in (await office.of_country("CZ")).items]
    todo = await office.show(todo_id)
    assert (todo.clusters, todo.ticked, todo.late, todo.remindable, todo.for_all) == (1, 0, 0, 0, False)
    assert {"change", "remind"} <= todo.can
    (seen,) = [one for one in (await todos.of_cluster(cluster_id)).items if one.id == todo_id]
    assert (seen.is_suggestion, seen.late, seen.can) == (False, False, {"tick"})
    assert (await todos.of_cluster(cluster_id, year=2001)).items == []
    assert todo_id in [one.id for one in (await todos.waiting(limit=100)).items]
    await todos.tick(todo_id, cluster_id)
    (state,) = (await office.states(todo_id)).items
    assert (state.cluster_id, bool(state.ticked_at), state.ticked_by) == (cluster_id, True, "Anna Nováková")
    await todos.untick(todo_id, cluster_id)
    await office.change(todo_id, todo.version, said | {"text": "All of them.", "cluster_ids": None})
    assert await refused(office.change(todo_id, todo.version, said)) == 412
    assert await office.remind(todo_id) == 0
    await office.remove(todo_id)
    assert await refused(office.show(todo_id)) == 404
