"""What depends on how a cluster is led, as each service's policy says it."""

from web.clients.base import Answer, ServiceClient


class Approach(Answer):
    """An action, and the rules that let somebody do it under either approach."""

    action: str
    top_down: list[str]
    bottom_up: list[str]

    def under(self, approach: str) -> list[str]:
        return self.top_down if approach == "top_down" else self.bottom_up


class ApproachList(Answer):
    actions: list[Approach]


class Approaches(ServiceClient):
    """Asked of each service."""

    async def index(self) -> ApproachList:
        return await self.get(ApproachList, "/v1/approaches")
