from datetime import datetime
from typing import Any
from uuid import UUID

from web.clients.base import Answer, ServiceClient


class Program(Answer):
    """A client that a cluster has let in."""

    id: UUID
    name: str
    scopes: list[str]
    made_at: datetime


class Secret(Answer):
    """Shown this once."""

    client_id: UUID
    secret: str


class Programs(ServiceClient):
    service = "clusters"

    async def of_cluster(self, cluster_id: UUID) -> list[Program]:
        listed = await self.ask("GET", f"/v1/clusters/{cluster_id}/clients")
        return [Program.model_validate(program) for program in listed]

    async def let_in(self, cluster_id: UUID, once: str, body: dict[str, Any]) -> Secret:
        return Secret.model_validate(await self.post(f"/v1/clusters/{cluster_id}/clients", body, once))

    async def rotate(self, client_id: UUID, once: str) -> Secret:
        return Secret.model_validate(await self.post(f"/v1/clients/{client_id}/secrets", {}, once))

    async def shut_out(self, client_id: UUID) -> None:
        await self.delete(f"/v1/clients/{client_id}")
