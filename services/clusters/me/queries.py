from typing import Any
from uuid import UUID

import asyncpg

from kit.collation import in_order
from kit.problems import Unauthenticated

ME = """
select id, name, language, zone,
  exists (select from password where person_id = person.id) as has_password,
  (select count(*) from notice where $2::uuid is null and person_id = person.id and seen_at is null) as unseen,
  (select coalesce(json_agg(path order by path), '[]') from (
     select distinct path from notice where $2::uuid is null and person_id = person.id and seen_at is null
     order by path limit 200) paths
  ) as unseen_paths,
  (select coalesce(json_agg(json_build_object('school_id', school.id, 'school', school.name, 'staff_role', staff.role,
      'cluster_id', cluster.id, 'cluster', cluster.name, 'school_role', membership.role,
      'cluster_is_open', cluster.closed_at is null) order by cluster.name,
        school.name), '[]')
     from staff join school on school.id = staff.school_id
     left join membership on membership.school_id = school.id and membership.ended_at is null
     left join cluster on cluster.id = membership.cluster_id
     where staff.person_id = person.id and staff.ended_at is null and ($2::uuid is null or cluster.id = $2)
  ) as standings,
  (select coalesce(json_agg(json_build_object('id', invitation.id, 'school', school.name, 'role', invitation.role,
      'office', invitation.office, 'country', invitation.country, 'by', coalesce(inviter.name, ''))
      order by invitation.id), '[]')
     from invitation left join school on school.id = invitation.school_id
     left join person inviter on inviter.id = invitation.invited_by
     where $2::uuid is null and invitation.person_id = person.id and invitation.answer is null
       and invitation.ends_at > now()
  ) as invitations,
  (select coalesce(json_agg(json_build_object('id', asked.id, 'school', school.name, 'cluster', cluster.name,
      'role', asked.role, 'by', coalesce(inviter.name, '')) order by asked.id), '[]')
     from staff join school_invitation asked on asked.school_id = staff.school_id and asked.answer is null
     join school on school.id = asked.school_id join cluster on cluster.id = asked.cluster_id
     left join person inviter on inviter.id = asked.invited_by
     where $2::uuid is null and staff.person_id = person.id and staff.role <> 'teacher' and staff.ended_at is null
  ) as school_invitations,
  (select coalesce(json_agg(json_build_object('kind', kind, 'country', country) order by kind, country), '[]')
     from office where $2::uuid is null and person_id = person.id and ended_at is null) as offices
from person where id = $1
"""


async def me(pool: asyncpg.Pool, person_id: UUID, bound_to: UUID | None) -> dict[str, Any]:
    """A person with their standing and their news; a program hears what they are in the cluster it is `bound_to`."""
    row = await pool.fetchrow(ME, person_id, bound_to)
    if row is None:
        raise Unauthenticated
    return dict(row) | {"standings": in_order(row["standings"], row["language"], "cluster", "school")}
