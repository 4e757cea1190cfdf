"""Asking a service over HTTP: time-outs always, retries for GET only, refusals as one exception."""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias
from urllib.parse import quote, urlencode

import httpx
import orjson
from httpx_aiohttp import HttpxAiohttpClient

from kit.logs import request_id, traceparent

TIMEOUT = 10.0
TRIES = 3
RENEW_BEFORE = 30.0
UNDER_WAY = "/problems/under-way"
PLAIN = re.compile(r"[ -~]+")  # what a visitor sent along in another form does not go on

Bearer: TypeAlias = Callable[[], Awaitable[str | None]]


class Refused(Exception):
    """A service said no, or did not answer (503): the problem it sent, as it sent it."""

    def __init__(self, status: int, problem: dict[str, Any] | None = None) -> None:
        problem = problem or {}
        super().__init__(f"{status} {problem.get('type', '')}")
        self.status = status
        self.type: str = problem.get("type", "/problems/unavailable" if status == 503 else "")
        self.title: str = problem.get("title", "")
        self.error: str = problem.get("error", "")  # the word of OAuth, of a token endpoint
        self.params: dict[str, Any] = problem.get("params", {})
        self.errors: list[dict[str, Any]] = problem.get("errors", [])


class Http(HttpxAiohttpClient):
    """A pooled client for calls inside the house: no proxies, no redirects, no cookies."""

    def __init__(self, **options: Any) -> None:
        super().__init__(trust_env=False, follow_redirects=False, **({"timeout": TIMEOUT} | options))

    async def exchange(self, request: httpx.Request) -> httpx.Response:
        """The whole answer, straight from the transport: what a client does around it costs as much again."""
        answer = await self._transport.handle_async_request(request)
        await answer.aread()
        return answer


def open_http(**options: Any) -> AbstractAsyncContextManager[Http]:
    return Http(**options)


async def nobody() -> str | None:
    return None


@dataclass(frozen=True)
class Form:
    """A form with files: for each, its name, what is in it and of which kind that is."""

    fields: dict[str, str] = field(default_factory=dict)
    files: dict[str, tuple[str, bytes, str]] | None = None

    @property
    def parts(self) -> dict[str, Any] | None:
        """All of it as parts, so that it is such a form even without a file; None when there is nothing."""
        fields = {name: (None, value) for name, value in self.fields.items()}
        return fields | (self.files or {}) or None


class Client:
    """One service, asked as whoever `bearer` names."""

    def __init__(self, http: Http, base_url: str, bearer: Bearer = nobody) -> None:
        self.http, self.base_url, self.bearer = http, base_url, bearer

    async def ask(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        form: Form | None = None,
        params: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        timeout: float = TIMEOUT,
    ) -> Any:
        """The JSON of the answer, None when it has none. Sends JSON or a form with files. Raises Refused."""
        answer = await self.send(method, path, json=json, form=form, params=params, headers=headers, timeout=timeout)
        return orjson.loads(answer.content) if answer.content else None

    async def send(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        form: Form | None = None,
        params: Any = None,
        headers: dict[str, str] | None = None,
        timeout: float = TIMEOUT,
    ) -> httpx.Response:
        sent = {"x-request-id": request_id.get(), "traceparent": traceparent.get()} | (headers or {})
        if token := await self.bearer():
            sent["authorization"] = f"Bearer {token}"
        content = None
        if json is not None:
            content, sent["content-type"] = orjson.dumps(json), "application/json"
        headers = {name: value for name, value in sent.items() if value and PLAIN.fullmatch(value)}
        parts = form.parts if form else None
        try:
            url = _address(self.base_url + path + _query(params))
        except httpx.InvalidURL as error:
            raise Refused(404) from error
        tries = TRIES if method == "GET" else 1
        for attempt in range(1, tries + 1):
            extensions = {"timeout": dict.fromkeys(("connect", "read", "write", "pool"), timeout)}
            request = httpx.Request(method, url, headers=headers, content=content, files=parts, extensions=extensions)
            try:
                answer = await self.http.exchange(request)
                break
            except httpx.HTTPError as error:
                if attempt == tries or isinstance(error, httpx.TimeoutException):
                    raise Refused(503) from error
                await asyncio.sleep(0.05 * attempt)
        if answer.status_code >= 400:
            raise Refused(answer.status_code, _problem(answer))
        return answer


@lru_cache(maxsize=2_000)
def _address(url: str) -> httpx.URL:
    """Taken apart once. Raises httpx.InvalidURL."""
    return httpx.URL(url)


def _query(params: dict[str, Any] | None) -> str:
    """What is asked for beside the path, without what is None."""
    told = {name: _told(value) for name, value in (params or {}).items() if value is not None}
    return "?" + urlencode(told, doseq=True, quote_via=quote) if told else ""


def _told(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        problem = orjson.loads(answer.content)
    except orjson.JSONDecodeError:
        return {}
    return problem if isinstance(problem, dict) else {}


async def grant(http: httpx.AsyncClient, url: str, form: dict[str, str]) -> dict[str, Any]:
    """Ask a token endpoint (OAuth 2, form in, JSON out). Raises Refused."""
    try:
        answer = await http.post(
            url, data=form, headers={"x-request-id": request_id.get()} if request_id.get() else None
        )
    except httpx.HTTPError as error:
        raise Refused(503) from error
    if answer.status_code >= 400:
        raise Refused(answer.status_code, _problem(answer))
    granted: dict[str, Any] = orjson.loads(answer.content)
    return granted


class ClientCredentials:
    """A bearer of tokens that a service gets with its own client id and secret, renewed before they end."""

    def __init__(self, http: httpx.AsyncClient, clusters_url: str, client_id: str, secret: str) -> None:
        self._http, self._url = http, clusters_url + "/v1/tokens"
        self._form = {"grant_type": "client_credentials", "client_id": client_id, "client_secret": secret}
        self._token, self._ends = "", 0.0
        self._lock = asyncio.Lock()

    async def __call__(self) -> str:
        async with self._lock:
            if time.monotonic() > self._ends - RENEW_BEFORE:
                granted = await grant(self._http, self._url, self._form)
                self._token, self._ends = granted["access_token"], time.monotonic() + granted["expires_in"]
            return self._token
