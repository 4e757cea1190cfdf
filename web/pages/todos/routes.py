"""What a national coordinator asks clusters to do: set once, ticked by each, and who is late."""

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Query, Response
from starlette.datastructures import FormData

from kit.clock import now
from kit.dates import school_year_of
from kit.paths import Router
from web.clients.clusters.clusters import Cluster, ClusterItem, Clusters
from web.clients.clusters.programme import Programmes
from web.clients.clusters.todos import ClusterTodoPage, Todo, TodoPage, Todos, TodoStatePage
from web.draft import Draft, number, text_of, texts_of, typed
from web.refilling import refilling
from web.render import done, render, send_on
from web.shown import Shown
from web.visit import SignedIn, Visit

routes = Router()
Form = Annotated[FormData, Depends(typed)]
Year = Annotated[int | None, Query(ge=2000, le=2100)]
SAID = ("title", "text", "due", "language")
CHANGED = 412


class Countries(Shown, template="todos/countries.html"):
    countries: list[str]


class ListTodos(Shown, template="todos/index.html"):
    country: str
    page: TodoPage


class NewTodo(Shown, template="todos/new.html"):
    """`clusters` that can be chosen for it."""

    country: str
    clusters: Sequence[ClusterItem]
    draft: Draft


class ShowTodo(Shown, template="todos/show.html"):
    todo: Todo
    states: TodoStatePage
    draft: Draft


class EditTodo(Shown, template="todos/edit.html"):
    """`theirs`: what somebody else saved meanwhile."""

    todo: Todo
    theirs: Todo | None
    clusters: Sequence[ClusterItem]
    draft: Draft


class ShowTodosOfCluster(Shown, template="todos/cluster.html"):
    """Those that are due in the school year that begins in `year`."""

    cluster: Cluster
    year: int
    page: ClusterTodoPage
    draft: Draft


@routes.get("/todos")
async def index(visit: SignedIn) -> Response:
    """The one country of the reader's office at once; a list for whose office is for several."""
    visit.hold_office()
    countries = visit.countries(await visit.ask(Programmes).countries())
    if len(countries) == 1:
        return send_on(visit.request, f"/countries/{countries[0]}/todos")
    return render(visit, Countries(countries=countries))


@routes.get("/countries/{country}/todos")
async def of_country(visit: SignedIn, country: str, after: str | None = None) -> Response:
    return render(visit, ListTodos(country=country, page=await visit.ask(Todos).of_country(country, after)))


@routes.get("/countries/{country}/todos/new")
async def new(visit: SignedIn, country: str) -> Response:
    await visit.ask(Todos).of_country(country)  # refused to who may not ask for something
    return await new_page(visit, country, Draft({"language": visit.language}))


async def new_page(visit: Visit, country: str, draft: Draft, status: int = 200) -> Response:
    clusters = await open_clusters(visit, country)
    return render(visit, NewTodo(country=country, clusters=clusters, draft=draft), status)


@routes.post("/countries/{country}/todos")
async def set_todo(visit: SignedIn, country: str, form: Form) -> Response:
    values = typed_in(form)
    with refilling(partial(new_page, visit, country), Draft(values).refused):
        await visit.ask(Todos).set_for(country, str(form.get("once", "")), said_in(values))
    visit.forget_me()
    return done(visit.request, "todo_set", f"/countries/{country}/todos")


@routes.get("/todos/{todo_id}")
async def show(visit: SignedIn, todo_id: UUID, after: str | None = None) -> Response:
    return await todo_page(visit, todo_id, Draft(), after=after)


async def todo_page(
    visit: Visit, todo_id: UUID, draft: Draft, status: int = 200, *, after: str | None = None
) -> Response:
    todo, states = await asyncio.gather(visit.ask(Todos).show(todo_id), visit.ask(Todos).states(todo_id, after))
    return render(visit, ShowTodo(todo=todo, states=states, draft=draft), status)


@routes.get("/todos/{todo_id}/edit")
async def edit(visit: SignedIn, todo_id: UUID) -> Response:
    todo = await visit.ask(Todos).show(todo_id)
    said: dict[str, Any] = {name: getattr(todo, name) for name in (*SAID, "version")}
    return await form_page(visit, todo_id, Draft(said | {"cluster_ids": [str(each) for each in todo.cluster_ids]}))


async def form_page(visit: Visit, todo_id: UUID, draft: Draft, status: int = 200) -> Response:
    """Where somebody else was faster, what they saved stands beside what was typed."""
    todo = await visit.ask(Todos).show(todo_id)
    theirs = todo if status == CHANGED else None
    if theirs:
        draft = draft.but(version=theirs.version)
    clusters = await open_clusters(visit, todo.country)
    return render(visit, EditTodo(todo=todo, theirs=theirs, clusters=clusters, draft=draft), status)


@routes.post("/todos/{todo_id}/edit")
async def change(visit: SignedIn, todo_id: UUID, form: Form) -> Response:
    values = typed_in(form) | text_of(form, "version")
    with refilling(partial(form_page, visit, todo_id), Draft(values).refused):
        await visit.ask(Todos).change(todo_id, number(values["version"], 0), said_in(values))
    visit.forget_me()
    return done(visit.request, "todo_changed", f"/todos/{todo_id}")


@routes.post("/todos/{todo_id}/end")
async def remove(visit: SignedIn, todo_id: UUID, form: Form) -> Response:
    with refilling(partial(todo_page, visit, todo_id), Draft().refused):
        await visit.ask(Todos).remove(todo_id)
    country = str(form.get("country", ""))
    there = f"/countries/{country}/todos" if country.isalpha() and country.isascii() else "/todos"
    visit.forget_me()
    return done(visit.request, "todo_removed", there)


@routes.post("/todos/{todo_id}/reminders")
async def remind(visit: SignedIn, todo_id: UUID) -> Response:
    with refilling(partial(todo_page, visit, todo_id), Draft().refused):
        reminded = await visit.ask(Todos).remind(todo_id)
    return done(visit.request, "todo_reminded" if reminded else "todo_nobody_reminded", f"/todos/{todo_id}")


@routes.get("/clusters/{cluster_id}/todos")
async def of_cluster(visit: SignedIn, cluster_id: UUID, year: Year = None, after: str | None = None) -> Response:
    return await cluster_page(visit, cluster_id, Draft(), year=year, after=after)


async def cluster_page(
    visit: Visit,
    cluster_id: UUID,
    draft: Draft,
    status: int = 200,
    *,
    year: int | None = None,
    after: str | None = None,
) -> Response:
    """Of this school year, if no other is asked for."""
    year = year or school_year_of(now())
    cluster = await visit.ask(Clusters).show(cluster_id)
    page = await visit.ask(Todos).of_cluster(cluster_id, after, year=year)
    await visit.sees(f"/clusters/{cluster_id}/todos")
    return render(visit, ShowTodosOfCluster(cluster=cluster, page=page, year=year, draft=draft), status)


@routes.post("/clusters/{cluster_id}/todos/{todo_id}/tick")
async def tick(visit: SignedIn, cluster_id: UUID, todo_id: UUID, form: Form) -> Response:
    is_done, todos = "done" in form, visit.ask(Todos)
    with refilling(partial(cluster_page, visit, cluster_id), Draft().refused):
        await (todos.tick(todo_id, cluster_id) if is_done else todos.untick(todo_id, cluster_id))
    visit.forget_me()
    there = "/" if form.get("from") == "today" else f"/clusters/{cluster_id}/todos"
    return done(visit.request, "todo_ticked" if is_done else "todo_open", there)


async def open_clusters(visit: Visit, country: str) -> list[ClusterItem]:
    """All of the country that a to-do can be for."""
    pages = visit.ask(Clusters).every(country=country)
    return [cluster async for page in pages for cluster in page if cluster.closed_at is None]


def typed_in(form: FormData) -> dict[str, Any]:
    return {**text_of(form, *SAID), "cluster_ids": texts_of(form, "cluster_ids")}


def said_in(values: dict[str, Any]) -> dict[str, Any]:
    said = {name: values[name] for name in SAID}
    return said | {"cluster_ids": values["cluster_ids"] or None}
