"""A program that knows the services by their published documents alone."""

from typing import Any
from uuid import uuid4

import httpx

PUBLISHED = "/v1/openapi.json"


class Program:
    """`call("announce_event", json=...)` looks the operation up, asks, and holds the answer to what is documented."""

    def __init__(self, services: dict[str, str], client_id: str, secret: str) -> None:
        self.services = services
        self.credentials = {"client_id": client_id, "client_secret": secret}
        self.http = httpx.AsyncClient(trust_env=False, timeout=20)
        self.operations: dict[str, dict[str, tuple[str, str, dict[str, Any]]]] = {}
        self.tokens: dict[str | None, str] = {}

    async def read_documents(self) -> None:
        for service, url in self.services.items():
            document = (await self.http.get(url + PUBLISHED)).json()
            self.operations[service] = {
                operation["operationId"].removesuffix(f"_of_{service}"): (method.upper(), path, operation)
                for path, operations in document["paths"].items()
                for method, operation in operations.items()
            }

    async def token(self, person: str | None) -> str:
        if person not in self.tokens:
            form = {"grant_type": "client_credentials", **self.credentials}
            _, path, _ = self.operations["clusters"]["issue_token"]
            asked = form | ({"person_id": person} if person else {})
            answer = await self.http.post(self.services["clusters"] + path, data=asked)
            assert answer.status_code == 200, answer.text
            self.tokens[person] = answer.json()["access_token"]
        return self.tokens[person]

    async def call(
        self,
        service: str,
        operation: str,
        *,
        person: str | None = None,
        json: Any = None,
        version: int | None = None,
        once: str = "",
        **named: Any,
    ) -> httpx.Response:
        method, path, described = self.operations[service][operation]
        query = {p["name"] for p in described.get("parameters", []) if p["in"] == "query"} & set(named)
        headers = {"authorization": f"Bearer {await self.token(person)}"}
        if method == "POST":
            headers["idempotency-key"] = once or uuid4().hex
        if version is not None:
            headers["if-match"] = f'"{version}"'
        answer = await self.http.request(
            method,
            self.services[service] + path.format(**named),
            json=json,
            params={name: named[name] for name in query},
            headers=headers,
        )
        assert str(answer.status_code) in described["responses"], (operation, answer.status_code, answer.text)
        return answer

    async def ask(self, service: str, operation: str, **more: Any) -> Any:
        """The JSON of an answer that is no refusal."""
        answer = await self.call(service, operation, **more)
        assert answer.status_code < 300, (operation, answer.status_code, answer.text)
        return answer.json() if answer.content else None
