"""Keyset pages: `{"items": [...], "next": "..."}`; `next` is where the following page begins, null at the end."""

import base64
import binascii
import heapq
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from operator import itemgetter
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel

from kit.collation import sort_key
from kit.problems import field_invalid

# Before all that a list has, and after it: a first page begins there, so that one statement serves every page and its
# condition is one that an index knows.
LEAST_ID, GREATEST_ID = UUID(int=0), UUID(int=2**128 - 1)
LONG_AGO, FAR_AHEAD = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
LONGEST_CURSOR = 4_000  # two names of the longest kind, each letter four bytes, and an id
Limit = Annotated[int, Query(ge=1, le=100, description="How many at most")]
NamesLimit = Annotated[int, Query(ge=1, le=1_000, description="How many at most")]
After = Annotated[str | None, Query(max_length=LONGEST_CURSOR, description="The `next` of the page before")]


Item = TypeVar("Item")
Keys = TypeVar("Keys", bound=BaseModel)


class IdKeys(BaseModel):
    """Where a list in the order of its ids goes on."""

    id: UUID


class NameKeys(BaseModel):
    """Where a list by name goes on."""

    name: str
    id: UUID


class Page(BaseModel, Generic[Item]):
    items: list[Item]
    next: str | None = None


def cursor(*keys: Any) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(keys, default=str)).decode().rstrip("=")


def keys_of(after: str | None, kind: type[Keys]) -> Keys | None:
    """The keys in a cursor as `kind`, a Pydantic model of them in order. Raises Invalid when it is not one of ours."""
    if after is None:
        return None
    try:
        values = orjson.loads(base64.urlsafe_b64decode(after + "=" * (-len(after) % 4)))
        fields = kind.model_fields
        return kind(**dict(zip(fields, values, strict=True)))
    except (ValueError, TypeError, binascii.Error) as error:
        raise field_invalid("after", "cursor_invalid") from error


def page_of(rows: Sequence[Item], limit: int, *key: str) -> dict[str, Any]:
    """A page from `limit + 1` rows; the surplus row only tells that there is more."""
    items = list(rows[:limit])
    last: Any = items[-1] if len(rows) > limit else None
    return {"items": items, "next": cursor(*(last[k] for k in key)) if last is not None else None}


def page_by_name(
    rows: Sequence[Mapping[str, Any]], limit: int, language: str, after: BaseModel | None, *key: str
) -> dict[str, Any]:
    """A page of all `rows`, in the order in which the reader's language has their names.

    `key` are names and at last an id; `after` has the same of the row before. PostgreSQL knows no order of languages.
    """

    def place(row: Mapping[str, Any]) -> list[bytes]:
        *names, last = (str(row[k]) for k in key)
        return [*(sort_key(name, language) for name in names), last.encode()]

    before = place(after.model_dump()) if after else []
    placed = ((place(row), row) for row in rows)
    page = heapq.nsmallest(limit + 1, (each for each in placed if each[0] > before), key=itemgetter(0))
    return page_of([row for _, row in page], limit, *key)
