from datetime import datetime
from uuid import UUID

from web.clients.base import Answer, ServiceClient


class SchoolCode(Answer):
    """The code for the wall of a staff room."""

    code: str
    waits: bool
    most: int
    used: int
    ends_at: datetime
    is_live: bool

    @property
    def in_two(self) -> str:
        """As it is read aloud and typed."""
        half = len(self.code) // 2
        return f"{self.code[:half]}-{self.code[half:]}"


class CodeFound(Answer):
    """Whose code somebody typed."""

    school: str
    town: str
    country: str
    waits: bool


class SchoolCodes(ServiceClient):
    service = "clusters"

    async def of_school(self, school_id: UUID) -> SchoolCode | None:
        """None while there is none."""
        found = await self.ask("GET", f"/v1/schools/{school_id}/code")
        return SchoolCode.model_validate(found) if found else None

    async def make(self, school_id: UUID, *, days: str, most: str, waits: bool) -> None:
        await self.put(f"/v1/schools/{school_id}/code", {"days": days, "most": most, "waits": waits})

    async def end(self, school_id: UUID) -> None:
        await self.delete(f"/v1/schools/{school_id}/code")


class Newcomers(ServiceClient):
    service = "clusters"
    as_web = True  # nobody is signed in yet

    async def find(self, code: str, source: str | None) -> CodeFound:
        found = await self.ask("POST", "/v1/school-codes/finding", json={"code": code, "source": source})
        return CodeFound.model_validate(found)

    async def come(self, source: str | None, **who: str) -> None:
        await self.ask("POST", "/v1/newcomers", json={**who, "source": source})
