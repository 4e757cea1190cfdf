"""Placed facts are put on their way to the endpoints that want them, in sets."""

from typing import Any

import orjson

from kit.db import Database, columns
from kit.facts import facts_after
from kit.feed import FactOut
from kit.ids import new_id
from kit.jobs import queue_all
from kit.own_facts import moved, reached

OWN = "own facts, to endpoints"
AT_ONCE = 200

ANYBODY = "select exists (select from endpoint where gone_at is null)"
# Asked again in the same moment: an endpoint that was registered meanwhile hears what was placed since.
PASSED = """
insert into cursor (source, place)
select $1, coalesce(max(place), 0) from fact where not exists (select from endpoint where gone_at is null)
on conflict (source) do update set place = excluded.place where cursor.place < excluded.place
"""
WANTED = """
select fact.place, endpoint.id from fact join endpoint on endpoint.gone_at is null
  and (endpoint.cluster_id is null or endpoint.cluster_id = fact.cluster_id)
  and (endpoint.kinds = '{}' or fact.kind = any(endpoint.kinds))
where fact.place > $1 and fact.place <= $2 order by fact.place, endpoint.id
"""
ADDED = """
insert into delivery (id, endpoint_id, place, body, attempts)
select id, endpoint_id, place, body, 0
from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[]) added(id, endpoint_id, place, body)
"""


async def dispatch_new(database: Database) -> int:
    """Send facts that were placed since the last time on their way; how many facts. Nothing is read for nobody."""
    if not await database.pool.fetchval(ANYBODY):
        await database.pool.execute(PASSED, OWN)
        return 0
    async with database.writing() as connection:
        began = await reached(connection, OWN)
        facts = {fact["place"]: fact for fact in await facts_after(connection, began, AT_ONCE)}
        if not facts:
            return 0
        newest = max(facts)
        wanted = await connection.fetch(WANTED, began, newest)
        bodies = {place: _body(facts[place]) for place in {row["place"] for row in wanted}}
        if wanted:
            rows = [(new_id(), row["id"], row["place"], bodies[row["place"]]) for row in wanted]
            await connection.execute(ADDED, *columns(rows))
            await queue_all(connection, "webhook.deliver", [{"delivery_id": row[0]} for row in rows])
        await moved(connection, OWN, newest)
    return len(facts)


def _body(fact: dict[str, Any]) -> str:
    said = FactOut.model_validate(fact).model_dump(mode="json")
    about = {"cluster_id": said["cluster_id"], "actor_id": said["actor_id"]} | said["data"]
    return orjson.dumps({"type": said["kind"], "timestamp": said["at"], "data": about}).decode()
