from uuid import UUID

import httpx

from web.clients.base import Answer, ServiceClient, if_none_match
from web.clients.clusters.cards import Introduced
from web.clients.clusters.people import Named, Office


class TheirCluster(Answer):
    id: UUID
    name: str


class StandsAt(Answer):
    """A school at which somebody works, with its clusters, as far as the reader may know of both."""

    school_id: UUID
    school: str
    town: str
    role: str
    clusters: list[TheirCluster]


class Person(Named, Introduced):
    """Somebody as the reader may know them."""

    id: UUID
    standings: list[StandsAt]
    offices: list[Office]


class Colleagues(ServiceClient):
    service = "clusters"

    async def show(self, person_id: UUID) -> Person:
        return await self.get(Person, f"/v1/people/{person_id}")

    async def portrait(self, person_id: UUID, size: str, known: str | None) -> httpx.Response:
        """The picture; 304 when its `ETag` is the `known` one."""
        path = f"/v1/people/{person_id}/portrait"
        return await self.send("GET", path, params={"size": size}, headers=if_none_match(known))
