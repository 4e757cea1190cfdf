from typing import Any
from uuid import UUID

from web.clients.base import Answer, ServiceClient


class Lockout(Answer):
    """A school that cannot get in, with a word why."""

    school_id: UUID
    school: str
    word: str


class Tool(Answer):
    """Something that a cluster works with; `speaks_for` are the schools for which the reader says who gets in."""

    id: UUID
    kind: str
    name: str
    address: str
    note: str
    version: int
    lockouts: list[Lockout]
    speaks_for: list[UUID]
    can: list[str]

    def keeps_out(self, school_id: UUID) -> bool:
        return any(lockout.school_id == school_id for lockout in self.lockouts)


class Tools(ServiceClient):
    service = "clusters"

    async def show(self, tool_id: UUID) -> Tool:
        return await self.get(Tool, f"/v1/tools/{tool_id}")

    async def add(self, cluster_id: UUID, once: str, said: dict[str, Any]) -> None:
        await self.post(f"/v1/clusters/{cluster_id}/tools", said, once)

    async def change(self, tool_id: UUID, version: int, said: dict[str, Any]) -> None:
        await self.put(f"/v1/tools/{tool_id}", said, version)

    async def remove(self, tool_id: UUID) -> None:
        await self.delete(f"/v1/tools/{tool_id}")

    async def lock_out(self, tool_id: UUID, school_id: UUID, word: str) -> None:
        await self.put(f"/v1/tools/{tool_id}/lockouts/{school_id}", {"word": word})

    async def let_in(self, tool_id: UUID, school_id: UUID) -> None:
        await self.delete(f"/v1/tools/{tool_id}/lockouts/{school_id}")
