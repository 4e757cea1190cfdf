from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from web.clients.base import Answer, ServiceClient

AT_ONCE = 100


class Program(Answer):
    """A client that a cluster has let in."""

    id: UUID
    name: str
    scopes: list[str]
    made_at: datetime


class NamedProgram(Answer):
    """`service`: the one of the house that it is; None for a program of a cluster."""

    id: UUID
    name: str
    service: str | None


class Secret(Answer):
    """Shown this once."""

    client_id: UUID
    secret: str


class Programs(ServiceClient):
    service = "clusters"

    async def of_cluster(self, cluster_id: UUID) -> list[Program]:
        listed = await self.ask("GET", f"/v1/clusters/{cluster_id}/clients")
        return [Program.model_validate(program) for program in listed]

    async def named(self, ids: Sequence[UUID]) -> list[NamedProgram]:
        """What these are called, as far as the reader may know of them."""
        found: list[NamedProgram] = []
        for start in range(0, len(ids), AT_ONCE):
            params = {"id": [str(each) for each in ids[start : start + AT_ONCE]]}
            named = await self.ask("GET", "/v1/clients", params=params)
            found += [NamedProgram.model_validate(program) for program in named]
        return found

    async def let_in(self, cluster_id: UUID, once: str, body: dict[str, Any]) -> Secret:
        return Secret.model_validate(await self.post(f"/v1/clusters/{cluster_id}/clients", body, once))

    async def rotate(self, client_id: UUID, once: str) -> Secret:
        return Secret.model_validate(await self.post(f"/v1/clients/{client_id}/secrets", {}, once))

    async def shut_out(self, client_id: UUID) -> None:
        await self.delete(f"/v1/clients/{client_id}")
