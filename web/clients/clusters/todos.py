from datetime import date, datetime
from typing import Any
from uuid import UUID

from web.clients.base import Answer, Page, ServiceClient


class TodoItem(Answer):
    """What clusters of a country are asked to do, with how many have done it."""

    id: UUID
    country: str
    title: str
    text: str
    language: str
    due: date
    for_all: bool
    version: int
    clusters: int
    ticked: int
    late: int


class TodoPage(Page):
    items: list[TodoItem]


class Todo(TodoItem):
    name: str
    cluster_ids: list[UUID]
    remindable: int
    can: frozenset[str]


class TodoState(Answer):
    """How far a cluster is with it."""

    cluster_id: UUID
    cluster: str
    approach: str
    ticked_at: datetime | None
    ticked_by: str
    late: bool
    reminded_at: datetime | None


class TodoStatePage(Page):
    items: list[TodoState]


class ClusterTodo(Answer):
    """A to-do as a cluster sees it."""

    id: UUID
    cluster_id: UUID
    cluster: str
    title: str
    text: str
    language: str
    due: date
    name: str
    is_suggestion: bool
    ticked_at: datetime | None
    ticked_by: str
    late: bool
    can: frozenset[str]


class ClusterTodoPage(Page):
    items: list[ClusterTodo]


class Todos(ServiceClient):
    service = "clusters"

    async def of_country(self, country: str, after: str | None = None) -> TodoPage:
        return await self.get(TodoPage, f"/v1/countries/{country}/todos", after=after)

    async def set_for(self, country: str, once: str, said: dict[str, Any]) -> UUID:
        return UUID((await self.post(f"/v1/countries/{country}/todos", said, once))["id"])

    async def show(self, todo_id: UUID) -> Todo:
        return await self.get(Todo, f"/v1/todos/{todo_id}")

    async def states(self, todo_id: UUID, after: str | None = None) -> TodoStatePage:
        return await self.get(TodoStatePage, f"/v1/todos/{todo_id}/clusters", after=after)

    async def change(self, todo_id: UUID, version: int, said: dict[str, Any]) -> None:
        await self.put(f"/v1/todos/{todo_id}", said, version)

    async def remove(self, todo_id: UUID) -> None:
        await self.delete(f"/v1/todos/{todo_id}")

    async def remind(self, todo_id: UUID) -> int:
        """How many clusters are reminded now."""
        return int((await self.post(f"/v1/todos/{todo_id}/reminders", {}))["clusters"])

    async def of_cluster(
        self, cluster_id: UUID, after: str | None = None, *, year: int | None = None
    ) -> ClusterTodoPage:
        return await self.get(ClusterTodoPage, f"/v1/clusters/{cluster_id}/todos", after=after, year=year)

    async def tick(self, todo_id: UUID, cluster_id: UUID) -> None:
        await self.put(f"/v1/todos/{todo_id}/clusters/{cluster_id}/tick", {})

    async def untick(self, todo_id: UUID, cluster_id: UUID) -> None:
        await self.delete(f"/v1/todos/{todo_id}/clusters/{cluster_id}/tick")
