"""What was made by the verbs once is copied afterwards: its rows anew, with other ids, names, addresses and moments."""

import json
import re
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from kit.clock import real_now
from kit.collation import sort_key
from kit.db import plain
from kit.ids import new_id
from tests.house import House

# Nobody reads these letters, and whoever runs jobs would write thousands of them.
LETTERS = ("mail_link", "mail", "pgqueuer_log", "pgqueuer")
TABLES = """
select relname as name, (
  select array_agg(quote_ident(attname) order by attnum) from pg_attribute
  where attrelid = pg_class.oid and attnum > 0 and not attisdropped and attidentity = ''
) as columns
from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
"""
# Of this transaction and of its savepoints: nobody else writes in the database of a test meanwhile.
NEW = "xmin::text::bigint >= pg_current_xact_id()::text::bigint"
WRITTEN = f"select jsonb_agg(to_jsonb(written) order by ctid) from {{}} written where {NEW}"
UUIDS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
MOMENTS = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?\+00:00")
NUMBERED = re.compile(r"((?:Cluster|[Ss]chool) |person)(\d+)\b")


@dataclass
class Original:
    """What the test is told of it, and with that its rows by table as text."""

    known: dict[str, Any]
    rows: str
    columns: dict[str, list[str]]
    made_at: datetime
    others: frozenset[str]


async def original(house: House, make: Callable[[Any], Awaitable[tuple[dict[str, Any], set[UUID]]]]) -> Original:
    """Make it in one transaction; `make` gives what is known of it, and the ids in it that stay."""
    async with house.database("clusters").transaction() as db:
        known, others = await make(db)
        await db.flush()
        connection = await plain(db)
        for letters in LETTERS:
            await connection.execute(f"delete from {letters} where {NEW}")
        tables = {row["name"]: row["columns"] for row in await connection.fetch(TABLES)}
        rows = {name: await connection.fetchval(WRITTEN.format(name)) for name in tables}
    rows = {name: some for name, some in rows.items() if some}
    text = json.dumps({"rows": rows, "known": known}, ensure_ascii=False, default=str)
    known = json.loads(text)["known"]
    return Original(known, text, {name: tables[name] for name in rows}, real_now(), frozenset(map(str, others)))


async def copy(house: House, what: Original, numbers: Iterator[int]) -> dict[str, Any]:
    """What is known of the copy."""
    text = _otherwise(what, numbers)
    found: dict[str, Any] = json.loads(text)
    rows: dict[str, list[dict[str, Any]]] = found["rows"]
    names = {school["id"]: school["name"] for school in rows.get("school", [])}
    for order in rows.get("school_order", []):
        order["key"] = "\\x" + sort_key(names[order["school_id"]], order["language"]).hex()
    copied = ", ".join(
        f"{name}_copied as (insert into {name} ({columns}) select {columns}"
        f" from jsonb_populate_recordset(null::{name}, $1::jsonb -> '{name}') with ordinality order by ordinality)"
        for name, columns in ((name, ", ".join(columns)) for name, columns in what.columns.items())
    )
    await house.database("clusters").pool.execute(f"with {copied} select", json.dumps(rows))
    known: dict[str, Any] = found["known"]
    return known


def _otherwise(what: Original, numbers: Iterator[int]) -> str:
    later = real_now() - what.made_at
    old = sorted({*UUIDS.findall(what.rows)} - what.others)
    ids = dict(zip(old, sorted(str(new_id()) for _ in old), strict=True))
    others: dict[str, str] = {}

    def number(found: re.Match[str]) -> str:
        if found[2] not in others:
            others[found[2]] = str(next(numbers))
        return found[1] + others[found[2]]

    text = UUIDS.sub(lambda found: ids.get(found[0], found[0]), what.rows)
    text = MOMENTS.sub(lambda found: _moved(found[0], later), text)
    return NUMBERED.sub(number, text)


def _moved(moment: str, later: timedelta) -> str:
    return (datetime.fromisoformat(moment) + later).isoformat()
