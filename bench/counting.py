"""How long a follower that is new takes to count ten million facts, in the house of `make bench-data`."""

import asyncio
import time

import asyncpg

from bench.data import urls_of_house
from services.roster.activity.counting import OWN

# As docs/operations.md has it: locked in the order in which the workers lock.
BEGIN_ANEW = "delete from cursor where source like '%counted%'; {more} delete from activity;"
IN_CLUSTERS = """
select pg_advisory_xact_lock(7008); delete from cluster_activity; delete from country_activity;
delete from latest_activity; delete from activity_source;
"""
COUNTED = """
select (select place from cursor where source = $1) >= (select max(place) from fact)
  and not exists (select from activity where not told and kind <> 'planning')
"""


async def counted_anew() -> dict[str, float]:
    """Seconds until a follower that is new has counted all facts of a house that runs, and told the sums."""
    connections = {service: await asyncpg.connect(url) for service, url in urls_of_house().items()}
    for service, connection in connections.items():
        await connection.execute(BEGIN_ANEW.format(more=IN_CLUSTERS if service == "clusters" else ""))
    began = time.monotonic()
    seconds: dict[str, float] = {}
    while len(seconds) < len(connections):
        await asyncio.sleep(1)
        for service, connection in connections.items():
            if service not in seconds and await connection.fetchval(COUNTED, OWN):
                seconds[service] = round(time.monotonic() - began, 1)
    for connection in connections.values():
        await connection.close()
    return {f"{service}_counted_anew_s": taken for service, taken in seconds.items()}
