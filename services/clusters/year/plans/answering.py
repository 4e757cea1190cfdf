"""Plans that were handed in, and who answers them."""

from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from kit.db import Plain
from kit.pages import LEAST_ID, LONG_AGO
from services.clusters.year.plans.queries import ITEM
from services.roster.standing import Member

# Who may answer is asked: the country; where it has nobody but who handed it in, the programme.
HANDED_IN = f"""
{ITEM} where plan.state = 'handed_in' and cluster.closed_at is null and cluster.approach = 'top_down'
  and plan.handed_in_by is distinct from $6
  and (plan.handed_in_at, plan.id) > ($3, $4) and (cluster.country = any($1) or ($2 and not exists (
    select from office where office.kind = 'national_coordinator' and office.country = cluster.country
      and office.ended_at is null and office.person_id is distinct from plan.handed_in_by)))
order by plan.handed_in_at, plan.id limit $5
"""
APPROVERS = """
select distinct office.person_id from office where office.ended_at is null and (
  (office.kind = 'national_coordinator' and office.country = $1)
  or (office.kind = 'programme_coordinator' and not exists (select from office national
    where national.kind = 'national_coordinator' and national.country = $1 and national.ended_at is null
      and national.person_id is distinct from $2)))
order by office.person_id
"""


async def handed_in_plans(
    pool: asyncpg.Pool, actor: Member, after: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Those that wait for the office of this person, longest first; one more than the page has."""
    began = after or (LONG_AGO, LEAST_ID)
    asked = actor.countries, actor.is_programme, *began, limit + 1, actor.id
    return [dict(row) for row in await pool.fetch(HANDED_IN, *asked)]


async def approvers_of(connection: Plain, country: str, handed_in_by: UUID | None) -> list[UUID]:
    return [row["person_id"] for row in await connection.fetch(APPROVERS, country, handed_in_by)]
