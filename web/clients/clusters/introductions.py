from uuid import UUID

from web.clients.base import Answer, ServiceClient, optional


class Introduced(Answer):
    """What a provider says of somebody who came by it: at which school they work."""

    provider: str
    school: str
    town: str
    country: str
    name: str
    mail: str | None
    waits: bool


class Welcome(Answer):
    """Whether newcomers whom these providers introduce wait for who leads the school."""

    waits: bool
    providers: list[str]


class Introductions(ServiceClient):
    service = "clusters"
    as_web = True  # nobody is signed in yet

    async def find(self, introduction: str) -> Introduced:
        found = await self.ask("POST", "/v1/introductions/finding", json={"introduction": introduction})
        return Introduced.model_validate(found)

    async def accept(self, introduction: str, **who: str) -> None:
        body = {name: value for name, value in who.items() if optional(value)}
        await self.ask("POST", "/v1/introductions/acceptance", json={"introduction": introduction, **body})


class Welcomes(ServiceClient):
    service = "clusters"

    async def of_school(self, school_id: UUID) -> Welcome:
        return await self.get(Welcome, f"/v1/schools/{school_id}/welcome")

    async def set(self, school_id: UUID, *, waits: bool) -> None:
        await self.put(f"/v1/schools/{school_id}/welcome", {"waits": waits})
