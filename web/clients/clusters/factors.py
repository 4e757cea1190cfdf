from datetime import datetime

from web.clients.base import Answer, ServiceClient


class NewFactor(Answer):
    """A key for an app, and the address that it reads off a picture."""

    key: str
    address: str


class RecoveryCodes(Answer):
    recovery_codes: list[str]


class MyFactor(Answer):
    """My second step, if I have one."""

    set_up_at: datetime | None
    recovery_codes: int
    is_asked: bool


class Factors(ServiceClient):
    service = "clusters"
    as_web = True  # a session that waits for its second step opens nothing

    async def take(self, session: str, code: str, source: str | None, device: str) -> str:
        """By what is told this browser is known from now on."""
        said = {"session": session, "code": code, "source": source, "device": device}
        known_by: str = (await self.post("/v1/sessions/second-step", said))["device"]
        return known_by

    async def begin(self, session: str) -> NewFactor:
        return NewFactor.model_validate(await self.post("/v1/second-factors", {"session": session}))

    async def confirm(self, session: str, code: str, source: str | None) -> RecoveryCodes:
        said = {"session": session, "code": code, "source": source}
        return RecoveryCodes.model_validate(await self.post("/v1/second-factors/confirmation", said))


class MyFactors(ServiceClient):
    service = "clusters"

    async def show(self) -> MyFactor:
        return await self.get(MyFactor, "/v1/me/second-factor")

    async def remove(self, code: str, source: str | None, device: str) -> None:
        await self.post("/v1/me/second-factor/removal", {"code": code, "source": source, "device": device})
