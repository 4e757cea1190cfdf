from collections import Counter
from collections.abc import Collection
from typing import Any
from uuid import UUID

import asyncpg

from kit.clock import now, real_now
from services.clusters.doors.invitations.queries import STILL_SHOWN
from services.clusters.doors.joining.actions import ASKINGS_IN
from services.clusters.doors.membership_lists.judging import ClusterThere

CLUSTERS = """
select id, name, approach, closed_at is not null as is_closed,
  (select count(*) from membership where cluster_id = cluster.id and ended_at is null)
  + (select count(*) from school_invitation where cluster_id = cluster.id and answer is null) as filled
from cluster where country = $1 order by id
"""
MEMBERS = "select cluster_id, school_id, role from membership where school_id = any($1) and ended_at is null"
ASKED = """
select cluster_id, school_id, answer from school_invitation
where school_id = any($1) and (answer is null or (answer = 'declined' and answered_at > $2))
"""
LATELY = "select cluster_id, school_id, invited_by from school_invitation where school_id = any($1) and invited_at > $2"


async def clusters_there(connection: asyncpg.Connection, country: str, schools: Collection[UUID]) -> list[ClusterThere]:
    """The clusters of a country, by what these schools are to them."""
    members: dict[UUID, dict[UUID, str]] = {}
    for row in await connection.fetch(MEMBERS, schools):
        members.setdefault(row["cluster_id"], {})[row["school_id"]] = row["role"]
    asked: dict[Any, set[UUID]] = {}
    for row in await connection.fetch(ASKED, schools, now() - STILL_SHOWN):
        asked.setdefault((row["cluster_id"], row["answer"]), set()).add(row["school_id"])
    return [
        ClusterThere(
            **row,
            members=members.get(row["id"], {}),
            asked=asked.get((row["id"], None), ()),
            declined=asked.get((row["id"], "declined"), ()),
        )
        for row in await connection.fetch(CLUSTERS, country)
    ]


async def askings_lately(
    connection: asyncpg.Connection, schools: Collection[UUID], by: UUID | None
) -> Counter[tuple[UUID | None, UUID]]:
    """How often these schools were asked lately: into each cluster, and (None) by this person."""
    askings: Counter[tuple[UUID | None, UUID]] = Counter()
    for row in await connection.fetch(LATELY, schools, real_now() - ASKINGS_IN):
        askings[row["cluster_id"], row["school_id"]] += 1
        if row["invited_by"] == by:
            askings[None, row["school_id"]] += 1
    return askings
