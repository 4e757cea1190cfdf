from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from kit.clock import now
from kit.db import Plain, Reader
from kit.pages import GREATEST_ID, LEAST_ID, LONG_AGO
from kit.problems import NotFound
from services.clusters.clusters.clusters.models import Approach, Cluster
from services.clusters.deciding.decision_rules.models import Process
from services.clusters.deciding.proposals.models import Proposal, ProposalRound
from services.clusters.deciding.proposals.queries import VisibleProposal
from services.clusters.sight import sight_of
from services.roster.standing import CurrentMember, Member

# $1 is the present moment, $2 the reader.
ITEM = """
select proposal.*, cluster.name as cluster, cluster.country, cluster.approach, cluster.zone, cluster.closed_at,
  cluster.closed_at as cluster_closed_at,
  coalesce((select name from school where id = (proposal.details ->> 'school_id')::uuid), '') as school_name,
  proposer.name, asked.number as round, asked.process, asked.ends_at,
  mine.says as mine, coalesce(mine.reason, '') as my_reason, coalesce(mine.dots, '[]') as my_dots
from proposal join cluster on cluster.id = proposal.cluster_id
join person proposer on proposer.id = proposal.proposed_by
left join lateral (select number, process, ends_at from proposal_round
  where proposal_id = proposal.id and counted_at is null and begins_at <= $1 and ends_at > $1
    and proposal.state in ('open', 'decided') and cluster.closed_at is null
  order by number limit 1) asked on true
left join voice mine on mine.proposal_id = proposal.id and mine.round = asked.number and mine.person_id = $2
  and mine.changed_at is null
"""
OF_CLUSTER = f"{ITEM} where proposal.cluster_id = $3 and proposal.id < $4"
NEWEST = "order by proposal.id desc limit $5"
IS_ASKED = "(proposal.state = 'open' or asked.number is not null)"
LISTED = {
    None: f"{OF_CLUSTER} {NEWEST}",
    True: f"{OF_CLUSTER} and proposal.running_until is not null and {IS_ASKED} {NEWEST}",
    False: f"{OF_CLUSTER} and not {IS_ASKED} {NEWEST}",
}
WAITING = f"""
{ITEM} where proposal.cluster_id = any($3::uuid[]) and proposal.running_until is not null
  and asked.number is not null and mine.id is null
  and (asked.ends_at, proposal.id) > ($4, $5)
order by asked.ends_at, proposal.id limit $6
"""
ONE = f"""
{ITEM} where proposal.id = $3 and cluster.id in (select cluster_id from clusters_in_sight($4, $5, $6))
"""
ROUNDS = "select * from proposal_round where proposal_id = $1 order by number"
PEOPLE = """
select distinct staff.person_id from membership join staff on staff.school_id = membership.school_id
where membership.cluster_id = $1 and membership.ended_at is null and staff.ended_at is null
"""
COUNTS = f"""
select (select count(*) from ({PEOPLE}) people) as people, coalesce(json_object_agg(says, given), '{{}}') as counts
from (select says, count(*) as given from voice
  where proposal_id = $2 and round = $3 and changed_at is null and person_id in ({PEOPLE}) group by says) counted
"""
SCHOOLS = """
select school.id as school_id, school.name as school, count(distinct staff.person_id) as people,
  count(distinct voice.person_id) as spoke
from membership join school on school.id = membership.school_id
left join staff on staff.school_id = school.id and staff.ended_at is null
left join voice on voice.proposal_id = $2 and voice.round = $3 and voice.changed_at is null
  and voice.person_id = staff.person_id
where membership.cluster_id = $1 and membership.ended_at is null
group by school.id order by school.name, school.id
"""
VOICES = f"""
select voice.*, person.name, voice.person_id in ({PEOPLE}) as counts,
  array(select school.name from membership join school on school.id = membership.school_id
    join staff on staff.school_id = school.id and staff.person_id = voice.person_id and staff.ended_at is null
    where membership.cluster_id = $1 and membership.ended_at is null order by school.name) as schools,
  (select coalesce(json_agg(answer order by answer.id), '[]') from (
     select answer.id, answer.text, answer.language, writer.name, answer.written_at
     from voice_answer answer join person writer on writer.id = answer.written_by
     where answer.voice_id = voice.id order by answer.id desc limit 20) answer) as answers
from voice join person on person.id = voice.person_id
where voice.proposal_id = $2
"""
RAISED = f"""
{VOICES} and voice.reason <> '' and voice.says in ('question', 'concern', 'change', 'bad', 'so_so', 'no')
order by voice.changed_at is null desc, voice.id desc limit 20
"""
OF_ROUND = (
    f"{VOICES} and voice.round = $3 and voice.changed_at is null and voice.id < $4 order by voice.id desc limit $5"
)


async def seen_proposal(proposal_id: UUID, pool: Reader, actor: CurrentMember) -> VisibleProposal:
    """A proposal to look at, with its `page`: rows of no transaction. Raises NotFound."""
    return await proposal_seen(pool, proposal_id, actor)


async def proposal_seen(connection: Plain, proposal_id: UUID, actor: Member) -> VisibleProposal:
    """The same, also in a transaction."""
    row = await connection.fetchrow(ONE, now(), actor.id, proposal_id, *sight_of(actor))
    if row is None:
        raise NotFound
    cluster = Cluster(
        id=row["cluster_id"],
        name=row["cluster"],
        country=row["country"],
        approach=Approach(row["approach"]),
        zone=row["zone"],
        closed_at=row["closed_at"],
    )
    rounds = [
        ProposalRound(**{**each, "process": Process(each["process"])})
        for each in await connection.fetch(ROUNDS, proposal_id)
    ]
    asked = next((each for each in rounds if each.number == row["round"]), None)
    proposal = Proposal(**{name: row[name] for name in Proposal.model_fields})
    return VisibleProposal(cluster, proposal, asked, dict(row) | {"rounds": rounds})


async def counts_of(connection: Plain, found: VisibleProposal, number: int) -> dict[str, Any]:
    """Of one round, so far: `counts` of voices of people who belong here, of so many `people`, and of `schools`."""
    asked = found.id, found.proposal.id, number
    counted = await connection.fetchrow(COUNTS, *asked)
    assert counted
    schools = [dict(row) for row in await connection.fetch(SCHOOLS, *asked)]
    return {**counted, "spoke": sum(counted["counts"].values()), "schools": schools}


async def raised_in(connection: Plain, found: VisibleProposal) -> list[dict[str, Any]]:
    """Questions, concerns and what else can be answered, newest first; also those that were changed since."""
    return [dict(row) for row in await connection.fetch(RAISED, found.id, found.proposal.id)]


async def proposals_in_cluster(
    pool: asyncpg.Pool, cluster_id: UUID, actor: Member, asked: bool | None, before: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """The newest first; one more than the page has. `asked`: only those that are asked about now, or only others."""
    rows = await pool.fetch(LISTED[asked], now(), actor.id, cluster_id, before or GREATEST_ID, limit + 1)
    return [dict(row) for row in rows]


async def waiting_proposals(
    pool: asyncpg.Pool, actor: Member, after: tuple[datetime, UUID] | None, limit: int
) -> list[dict[str, Any]]:
    """Those of the reader's clusters that wait for their voice, most urgent first; one more than the page has."""
    began = after or (LONG_AGO, LEAST_ID)
    rows = await pool.fetch(WAITING, now(), actor.id, list(actor.clusters), *began, limit + 1)
    return [dict(row) for row in rows]


async def voices_of(
    pool: asyncpg.Pool, found: VisibleProposal, number: int, before: UUID | None, limit: int
) -> list[dict[str, Any]]:
    """Those of a round, newest first; one more than the page has."""
    rows = await pool.fetch(OF_ROUND, found.id, found.proposal.id, number, before or GREATEST_ID, limit + 1)
    return [dict(row) for row in rows]
