"""What every client shares: frozen answers, parsed once as long as their `ETag` stays."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import AsyncIterator
from typing import Any, ClassVar, TypeAlias, TypeVar

import httpx
import orjson
from pydantic import BaseModel, ConfigDict, PrivateAttr

from kit.client import UNDER_WAY, Bearer, Client, Form, Http, Refused, nobody

KEPT = 2_000
MOST_IN_PAGE, MOST_NAMES_IN_PAGE = 100, 1_000
ONCE = re.compile(r"[\w-]{1,100}", re.ASCII)
PATIENCE = 4.0  # seconds; then a page says what is missing
UPLOADING = 60.0  # seconds: a large picture is made anew in several sizes, a long list is read
PAUSE, PAUSES = 0.5, 20  # seconds

A = TypeVar("A", bound="Answer")
P = TypeVar("P", bound="Page")
File: TypeAlias = tuple[str, bytes, str]
"""Its name, what is in it, and of which kind it says it is."""


class Answer(BaseModel):
    """An answer of a service; fields that no page shows are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    _tag: str = PrivateAttr("")

    @property
    def tag(self) -> str:
        """The `ETag` that its service gave this answer: equal for equal answers, whoever asked."""
        return self._tag


class Page(Answer):
    next: str | None


Errors: TypeAlias = dict[str, list[dict[str, Any]]]


def errors_of(refused: Refused) -> Errors:
    """The errors of a refusal by field: /sites/0/name is the field sites-0-name."""
    found: Errors = {}
    for error in refused.errors:
        found.setdefault(error["pointer"].strip("/").replace("/", "-"), []).append(error)
    return found


class Kept:
    """Parsed answers by their kind and `ETag`: what many readers get alike is parsed once."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[type[Answer], str], Answer] = OrderedDict()

    def parsed(self, kind: type[A], answer: httpx.Response) -> A:
        tag = answer.headers.get("etag", "")
        known = self._answers.get((kind, tag))
        if isinstance(known, kind):
            self._answers.move_to_end((kind, tag))
            return known
        parsed = kind.model_validate(orjson.loads(answer.content))
        parsed._tag = tag
        if tag:
            self._answers[kind, tag] = parsed
            if len(self._answers) > KEPT:
                self._answers.popitem(last=False)
        return parsed


def idempotency_key(once: str) -> dict[str, str] | None:
    """The header; none for what cannot be one, which no form of ours sends."""
    return {"idempotency-key": once} if ONCE.fullmatch(once) else None


class ServiceClient(Client):
    """What one area of a service is asked. `as_web`: asked as web itself, whoever reads."""

    service: ClassVar[str] = ""
    as_web: ClassVar[bool] = False

    def __init__(self, http: Http, base_url: str, bearer: Bearer = nobody, kept: Kept | None = None) -> None:
        super().__init__(http, base_url, bearer)
        self.kept = kept or Kept()

    async def get(self, kind: type[A], path: str, /, **params: Any) -> A:
        """The answer at `path` as `kind`."""
        answer = await self.send("GET", path, params=params, timeout=PATIENCE)
        return self.kept.parsed(kind, answer)

    async def pages(self, kind: type[P], path: str, /, **asked: Any) -> AsyncIterator[P]:
        """All pages of a list, one after the other; nothing of them is kept."""
        while True:
            page = kind.model_validate(await self.ask("GET", path, params=asked))
            yield page
            if not page.next:
                return
            asked["after"] = page.next

    async def post(self, path: str, body: dict[str, Any], once: str = "") -> Any:
        """`once` is the idempotency key of the form that is sent."""
        return await self.ask_once(path, once, json=body)

    async def ask_once(self, path: str, once: str, **sent: Any) -> Any:
        """POST with an idempotency key; what is sent twice in one breath gets the answer of the first sending."""
        for _ in range(PAUSES):
            try:
                return await self.ask("POST", path, headers=idempotency_key(once), **sent)
            except Refused as refused:
                if refused.type != UNDER_WAY:
                    raise
            await asyncio.sleep(PAUSE)
        return await self.ask("POST", path, headers=idempotency_key(once), **sent)

    async def put(self, path: str, body: dict[str, Any], version: int | None = None) -> Any:
        return await self.ask("PUT", path, json=body, headers=if_match(version))

    async def delete(self, path: str, version: int | None = None) -> Any:
        return await self.ask("DELETE", path, headers=if_match(version))


def if_match(version: int | None) -> dict[str, str] | None:
    return {"if-match": f'"{version}"'} if version is not None else None


def if_none_match(known: str | None) -> dict[str, str] | None:
    return {"if-none-match": known} if known else None


def form_of(file: File | None) -> Form:
    """A form with this file; a blank one when none was chosen, so that it is refused as what it is."""
    return Form({} if file else {"none": ""}, {"file": file} if file else None)


def optional(value: str) -> str | None:
    """A form sends an empty text for nothing."""
    return value or None
