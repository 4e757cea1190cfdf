from typing import Any
from uuid import UUID

from web.clients.base import Answer, ServiceClient, if_match


class EffectOnPerson(Answer):
    person_id: UUID
    name: str
    effect: str
    told: bool


class Preview(Answer):
    what: list[str]
    effects: list[EffectOnPerson]
    version: int

    def people(self, effect: str) -> list[str]:
        return [person.name for person in self.effects if person.effect == effect]

    @property
    def told(self) -> int:
        return sum(person.told for person in self.effects)


class Changes(ServiceClient):
    service = "events"

    async def preview(self, event_id: UUID, terms: dict[str, Any]) -> Preview:
        return Preview.model_validate(await self.ask("POST", f"/v1/events/{event_id}/changes/preview", json=terms))

    async def apply(self, event_id: UUID, version: int, terms: dict[str, Any], once: str) -> int:
        """How many are told of it."""
        headers = {"idempotency-key": once} | (if_match(version) or {})
        changed = await self.ask("POST", f"/v1/events/{event_id}/changes", json=terms, headers=headers)
        told: int = changed["told"]
        return told
