from datetime import date, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query, Request
from pydantic import BaseModel

from kit.clock import now
from kit.dates import FIRST_MONTH
from kit.db import Db, Reader, plain
from kit.pages import GREATEST_ID, LEAST_ID, After, Limit, Page, keys_of, page_of
from kit.policy import allowed, can
from kit.problems import Changed, Forbidden, NotFound, PreconditionRequired, documented
from kit.routing import IfMatch, located, matched, router, versioned
from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.clusters.clusters.queries import seen_cluster
from services.clusters.policy import RULES
from services.clusters.year.todos import actions, queries
from services.clusters.year.todos.models import Todo
from services.clusters.year.todos.queries import (
    TodoOfCluster,
    TodosOf,
    VisibleTodo,
    todo_of_cluster,
    todos_of,
    visible_todo,
)
from services.clusters.year.todos.schemas import (
    ClusterTodoOut,
    RemindedOut,
    TodoIn,
    TodoItemOut,
    TodoOut,
    TodoStateOut,
)
from services.roster.standing import COORDINATOR, CurrentMember, Member

routes = router("/v1", "todos")
refused = documented(Forbidden, NotFound)
versions = documented(Changed, PreconditionRequired)
WAITS_BEFORE = timedelta(days=14)
Seen = Annotated[VisibleTodo, allowed(RULES, "todo.see", visible_todo)]
Changing = Annotated[VisibleTodo, allowed(RULES, "todo.change", visible_todo)]
Ticked = Annotated[TodoOfCluster, allowed(RULES, "cluster_todo.tick", todo_of_cluster)]


class DueKeys(BaseModel):
    """Where a list by day goes on."""

    due: date
    id: UUID


class WaitingKeys(DueKeys):
    cluster_id: UUID


class StateKeys(BaseModel):
    """Where a list of clusters goes on, those that are late first."""

    in_time: bool
    cluster_id: UUID


@routes.get("/countries/{country}/todos", responses=refused)
async def list_todos_of_country(
    found: Annotated[TodosOf, allowed(RULES, "todos.see", todos_of)],
    pool: Reader,
    after: After = None,
    limit: Limit = 20,
) -> Page[TodoItemOut]:
    """What the clusters of a country are asked to do, that due last first, with how many have done it."""
    keys = keys_of(after, DueKeys)
    before = (keys.due, keys.id) if keys else (date.max, GREATEST_ID)
    rows = await queries.todos_in_country(pool, found.country, *_at(), before, limit)
    return Page[TodoItemOut].model_validate(page_of(rows, limit, "due", "id"))


@routes.post("/countries/{country}/todos", status_code=201, responses=refused | documented(actions.TodoTwice))
@located("/v1/todos/{id}")
async def set_todo(
    found: Annotated[TodosOf, allowed(RULES, "todos.set", todos_of)], new: TodoIn, db: Db, actor: CurrentMember
) -> TodoOut:
    """Ask all clusters of a country, or some, to do something by a day; they are told."""
    return await one_shown(db, await actions.set_todo(db, found.country, new, actor), actor)


@routes.get("/todos", dependencies=[allowed(RULES, "todos.list_waiting")], responses=documented(Forbidden))
async def list_waiting_todos(
    pool: Reader, actor: CurrentMember, after: After = None, limit: Limit = 20
) -> Page[ClusterTodoOut]:
    """Of the clusters in which I coordinate a school, what is not done and due within two weeks; most urgent first."""
    return await waiting_of(pool, actor, keys_of(after, WaitingKeys), limit)


@routes.get("/todos/{todo_id}", responses=refused)
async def show_todo(found: Seen, db: Db, actor: CurrentMember, request: Request) -> TodoOut:
    """A to-do of a country, for its offices."""
    versioned(request, found.todo.version)
    return await one_shown(db, found.todo, actor)


@routes.get("/todos/{todo_id}/clusters", responses=refused)
async def list_clusters_of_todo(
    found: Seen, pool: Reader, after: After = None, limit: Limit = 20
) -> Page[TodoStateOut]:
    """How far each cluster is with it, those that are late first."""
    keys = keys_of(after, StateKeys)
    began = (keys.in_time, keys.cluster_id) if keys else (False, LEAST_ID)
    rows = await queries.states_of(pool, found.todo.id, now(), began, limit)
    return Page[TodoStateOut].model_validate(page_of(rows, limit, "in_time", "cluster_id"))


@routes.put("/todos/{todo_id}", responses=refused | versions | documented(actions.TodoTwice))
async def change_todo(found: Changing, said: TodoIn, db: Db, actor: CurrentMember, if_match: IfMatch = None) -> TodoOut:
    """Say it anew: it changes everywhere, what is ticked stays so. `If-Match` names the version that you read."""
    todo = await actions.open_todo(db, found.todo)
    matched(todo.version, if_match)
    await actions.change_todo(db, todo, said, actor)
    return await one_shown(db, todo, actor)


@routes.delete("/todos/{todo_id}", status_code=204, responses=refused)
async def remove_todo(found: Changing, db: Db, actor: CurrentMember) -> None:
    """Nobody is to do it any more."""
    await actions.remove_todo(db, found.todo, actor.id)


@routes.post("/todos/{todo_id}/reminders", responses=refused)
async def remind_of_todo(
    found: Annotated[VisibleTodo, allowed(RULES, "todo.remind", visible_todo)], db: Db, actor: CurrentMember
) -> RemindedOut:
    """Remind the clusters that are late, each at most once in seven days."""
    return RemindedOut(clusters=await actions.remind(db, found.todo, actor.id))


@routes.get("/clusters/{cluster_id}/todos", responses=refused)
async def list_todos_of_cluster(
    cluster: Annotated[Cluster, allowed(RULES, "todos.list", seen_cluster)],
    pool: Reader,
    actor: CurrentMember,
    year: Annotated[int | None, Query(ge=2000, le=2100, description="Due in this school year")] = None,
    after: After = None,
    limit: Limit = 20,
) -> Page[ClusterTodoOut]:
    """What its national coordinator asks of a cluster, that due first first."""
    keys = keys_of(after, DueKeys)
    began = (keys.due, keys.id) if keys else (date.min, LEAST_ID)
    days = (_begins(year), _begins(year + 1) - timedelta(days=1)) if year else (date.min, date.max)
    rows = await queries.todos_in_cluster(pool, cluster.id, now(), days, began, limit)
    page = page_of(rows, limit, "due", "id")
    may = can(RULES, actor, "cluster_todo", cluster)
    return Page[ClusterTodoOut](items=[_seen(row, may) for row in page["items"]], next=page["next"])


@routes.put("/todos/{todo_id}/clusters/{cluster_id}/tick", status_code=204, responses=refused)
async def tick_todo(found: Ticked, db: Db, actor: CurrentMember) -> None:
    """The cluster has done it; said again, it changes nothing."""
    await actions.tick(db, found, actor.id, done=True)


@routes.delete("/todos/{todo_id}/clusters/{cluster_id}/tick", status_code=204, responses=refused)
async def untick_todo(found: Ticked, db: Db, actor: CurrentMember) -> None:
    """It has not, after all."""
    await actions.tick(db, found, actor.id, done=False)


async def waiting_of(pool: Reader, actor: Member, keys: WaitingKeys | None, limit: int) -> Page[ClusterTodoOut]:
    mine = [each.cluster_id for each in actor.standings if each.cluster_id and each.staff_role == COORDINATOR]
    if not mine:
        return Page[ClusterTodoOut](items=[])
    began = (keys.due, keys.id, keys.cluster_id) if keys else (date.min, LEAST_ID, LEAST_ID)
    rows = await queries.waiting_todos(pool, mine, now(), now().date() + WAITS_BEFORE, began, limit)
    page = page_of(rows, limit, "due", "id", "cluster_id")
    return Page[ClusterTodoOut](items=[_seen(row, _may(row, actor)) for row in page["items"]], next=page["next"])


async def one_shown(db: Db, todo: Todo, actor: Member) -> TodoOut:
    """As it stands in this transaction."""
    await db.flush()
    row = await queries.todo_summed_up(await plain(db), todo.id, *_at())
    chosen = [] if todo.for_all else await queries.chosen_for(db, todo.id)
    more = {"cluster_ids": chosen, "can": can(RULES, actor, "todo", VisibleTodo(todo))}
    return TodoOut.model_validate(row | more)


def _seen(row: dict[str, Any], may: list[str]) -> ClusterTodoOut:
    suggested = row["approach"] == Approach.bottom_up
    more = {"is_suggestion": suggested, "ticked_by": row["ticker"], "can": may}
    return ClusterTodoOut.model_validate(row | more)


def _may(row: dict[str, Any], actor: Member) -> list[str]:
    asked = {"id": row["cluster_id"], "approach": Approach(row["approach"])}
    return can(RULES, actor, "cluster_todo", Cluster(**asked, name=row["cluster"], country="", zone=""))


def _begins(year: int) -> date:
    return date(year, FIRST_MONTH, 1)


def _at() -> tuple[datetime, datetime]:
    """Now, and since when somebody counts as reminded."""
    return now(), now() - actions.REMINDED_AGAIN
