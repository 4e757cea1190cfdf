"""Asking the services as the demonstration's client, or on behalf of a person."""

import asyncio
import time
from datetime import datetime
from typing import Any, Literal, TypeAlias

import httpx
from pydantic import SecretStr

from kit import settings
from kit.client import UNDER_WAY, Bearer, Client, ClientCredentials, Form, Http, Refused
from kit.idempotency import DONE_WITHIN

CLIENT = "demo"
AT_ONCE = 8
PATIENCE = 30.0
UNDER_WAY_FOR = DONE_WITHIN.total_seconds() + PATIENCE

Service: TypeAlias = Literal["clusters", "events", "diaries"]


class Settings(settings.Settings):
    demo_secret: SecretStr


class ForPerson(ClientCredentials):
    """Tokens of a client that acts for one person."""

    def __init__(self, http: Http, clusters_url: str, client_id: str, secret: str, person_id: str) -> None:
        super().__init__(http, clusters_url, client_id, secret)
        self._form["person_id"] = person_id


class Voice:
    """Whoever asks the three services; a service that is down, or that is still at it, is asked again for a while."""

    def __init__(self, clients: dict[Service, Client], turns: asyncio.Semaphore) -> None:
        self._clients, self._turns = clients, turns

    async def get(self, service: Service, path: str, **params: Any) -> Any:
        return await self._ask(service, "GET", path, params=params)

    async def post(
        self,
        service: Service,
        path: str,
        json: Any = None,
        *,
        key: str,
        at: datetime | None = None,
        headers: dict[str, str] | None = None,
    ) -> Any:
        """What happened `at` a moment; sent again by its `key`, now or after an interrupted load, it is done once."""
        return await self._ask(service, "POST", path, json=json, headers=_said(at, key) | (headers or {}))

    async def send(self, service: Service, path: str, form: Form, *, key: str, at: datetime | None = None) -> Any:
        """The same for a form with files."""
        return await self._ask(service, "POST", path, form=form, headers=_said(at, key))

    async def put(self, service: Service, path: str, json: Any = None, *, at: datetime | None = None) -> Any:
        return await self._ask(service, "PUT", path, json=json, headers=_said(at))

    async def put_file(self, service: Service, path: str, content: bytes, *, at: datetime) -> Any:
        form = Form({}, {"file": ("drawn.png", content, "image/png")})
        return await self._ask(service, "PUT", path, form=form, headers=_said(at))

    async def change(self, service: Service, path: str, json: Any, *, version: int, at: datetime) -> None:
        """Change this version; a newer one was changed before, when the load was interrupted."""
        headers = _said(at) | {"If-Match": f'"{version}"'}
        try:
            await self._ask(service, "PUT", path, json=json, headers=headers)
        except Refused as refused:
            if refused.status != httpx.codes.PRECONDITION_FAILED:
                raise

    async def _ask(self, service: Service, method: str, path: str, **sent: Any) -> Any:
        begun = time.monotonic()
        while True:
            try:
                async with self._turns:
                    return await self._clients[service].ask(method, path, **sent)
            except Refused as refused:
                if time.monotonic() > begun + _patience(refused):
                    raise
            await asyncio.sleep(0.2)


def _patience(refused: Refused) -> float:
    """For how many seconds this is asked again."""
    if refused.type == UNDER_WAY:
        return UNDER_WAY_FOR
    return PATIENCE if refused.status == httpx.codes.SERVICE_UNAVAILABLE else 0


def _said(at: datetime | None, key: str | None = None) -> dict[str, str]:
    headers = {"Happened-At": at.isoformat()} if at else {}
    return headers | ({"Idempotency-Key": f"demo/{key}"} if key else {})


class Voices:
    """The client's own voice, and those of the people for whom it speaks."""

    def __init__(self, http: Http, settings: Settings) -> None:
        self._http, self._settings = http, settings
        self._secret = settings.demo_secret.get_secret_value()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._people: dict[str, Voice] = {}
        self.own = self._voice(ClientCredentials(http, settings.clusters_url, CLIENT, self._secret))

    def of(self, person_id: str) -> Voice:
        if person_id not in self._people:
            self._people[person_id] = self._voice(
                ForPerson(self._http, self._settings.clusters_url, CLIENT, self._secret, person_id)
            )
        return self._people[person_id]

    def _voice(self, bearer: Bearer) -> Voice:
        urls: dict[Service, str] = {
            "clusters": self._settings.clusters_url,
            "events": self._settings.events_url,
            "diaries": self._settings.diaries_url,
        }
        return Voice({name: Client(self._http, url, bearer) for name, url in urls.items()}, self._turns)
