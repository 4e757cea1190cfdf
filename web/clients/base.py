"""What every client shares: frozen answers, and kept ones that are asked for again by their `ETag`."""

from collections import OrderedDict
from typing import Any, TypeAlias, TypeVar

import httpx
import orjson
from pydantic import BaseModel, ConfigDict

from kit.client import TIMEOUT, Bearer, Client, Refused, nobody

KEPT = 2_000

A = TypeVar("A", bound="Answer")


class Answer(BaseModel):
    """An answer of a service; fields that no page shows are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


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
    """Answers by reader and address, as long as their service says that they have not changed."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str, str], tuple[str, Answer]] = OrderedDict()

    def get(self, key: tuple[str, str, str]) -> tuple[str, Answer] | None:
        if key in self._answers:
            self._answers.move_to_end(key)
        return self._answers.get(key)

    def keep(self, key: tuple[str, str, str], tag: str, answer: Answer) -> None:
        self._answers[key] = (tag, answer)
        if len(self._answers) > KEPT:
            self._answers.popitem(last=False)


class ServiceClient(Client):
    def __init__(
        self, http: httpx.AsyncClient, base_url: str, bearer: Bearer = nobody, reader: str = "", kept: Kept | None = None
    ) -> None:
        super().__init__(http, base_url, bearer)
        self.reader, self.kept = reader, kept

    async def get(self, kind: type[A], path: str, **params: Any) -> A:
        """The answer at `path` as `kind`; parsed anew only when it has changed."""
        key = (self.reader, self.base_url + path, repr(params))
        known = self.kept.get(key) if self.kept else None
        headers = {"if-none-match": known[0]} if known else None
        answer = await self.send("GET", path, json=None, params=params, headers=headers, timeout=TIMEOUT)
        if answer.status_code == 304 and known and isinstance(known[1], kind):
            return known[1]
        parsed = kind.model_validate(orjson.loads(answer.content))
        if self.kept and "etag" in answer.headers:
            self.kept.keep(key, answer.headers["etag"], parsed)
        return parsed

    async def post(self, path: str, body: dict[str, Any], once: str = "") -> Any:
        """`once` is the idempotency key of the form that is sent."""
        return await self.ask("POST", path, json=body, headers={"idempotency-key": once} if once else None)

    async def put(self, path: str, body: dict[str, Any], version: int | None = None) -> Any:
        return await self.ask("PUT", path, json=body, headers=if_match(version))

    async def delete(self, path: str) -> Any:
        return await self.ask("DELETE", path)


def if_match(version: int | None) -> dict[str, str] | None:
    return {"if-match": f'"{version}"'} if version is not None else None


def optional(value: str) -> str | None:
    """A form sends an empty text for nothing."""
    return value or None


def number(value: str) -> int | str | None:
    """A form's text as a number if it is one; the service says what is wrong with another."""
    return int(value) if value.isascii() and value.isdigit() else value or None

