from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from kit.clock import now
from kit.collation import in_order
from kit.problems import Unauthenticated
from services.clusters.directory.people.queries import LETTERS_GO_TO
from services.clusters.year.plans.template import year_to_begin
from services.roster.year import school_year

ME = f"""
select id, name, title_before, title_after, language, zone,
  (select id from portrait where person_id = person.id) as portrait_id,
  exists (select from password where person_id = person.id) as has_password,
  (select count(*) from notice where $2::uuid is null and person_id = person.id and seen_at is null) as unseen,
  (select coalesce(json_agg(path order by path), '[]') from (
     select distinct path from notice where $2::uuid is null and person_id = person.id and seen_at is null
     order by path limit 200) paths
  ) as unseen_paths,
  (select coalesce(json_agg(json_build_object('staff_id', staff.id, 'school_id', school.id, 'school', school.name,
      'staff_role', staff.role, 'country', school.country,
      'cluster_id', cluster.id, 'cluster', cluster.name, 'school_role', membership.role,
      'approach', cluster.approach, 'cluster_country', cluster.country, 'closed_at', cluster.closed_at)
      order by cluster.name, school.name), '[]')
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
      'role', asked.role,
      'by', coalesce(inviter.name, case when asked.invited_by = cluster.id then cluster.name end, ''))
      order by asked.id), '[]')
     from staff join school_invitation asked on asked.school_id = staff.school_id and asked.answer is null
     join school on school.id = asked.school_id join cluster on cluster.id = asked.cluster_id
     left join person inviter on inviter.id = asked.invited_by
     where $2::uuid is null and staff.person_id = person.id and staff.role <> 'teacher' and staff.ended_at is null
  ) as school_invitations,
  (select coalesce(json_agg(json_build_object('cluster_id', led.id, 'cluster', led.name, 'year', $3::int)
      order by led.name, led.id), '[]') from (
     select distinct cluster.id, cluster.name from staff
     join membership on membership.school_id = staff.school_id and membership.ended_at is null
     join cluster on cluster.id = membership.cluster_id and cluster.closed_at is null
     join plan before on before.cluster_id = cluster.id and before.year = $3::int - 1
     where $2::uuid is null and staff.person_id = person.id and staff.ended_at is null
       and (staff.role = 'coordinator' or staff.role <> 'teacher' and cluster.approach = 'bottom_up')
       and not exists (select from plan where plan.cluster_id = cluster.id and plan.year = $3::int)) led
  ) as years_to_begin,
  (select coalesce(json_agg(json_build_object('kind', kind, 'country', country) order by kind, country), '[]')
     from office where $2::uuid is null and person_id = person.id and ended_at is null) as offices,
  (select json_build_object('reason', reason, 'since', since,
      'mail', {LETTERS_GO_TO})
     from unreached where $2::uuid is null and person_id = person.id) as unreached,
  coalesce($2::uuid is null and greatest(
      (select max(began_at) from staff where person_id = person.id and ended_at is null),
      (select max(began_at) from office where person_id = person.id and ended_at is null)
    ) > greatest(now() - interval '42 days', guide_put_away_at), false) as has_guide
from person where id = $1
"""

# Who somebody is to the guide of their first weeks.
GUIDED = """
select
  exists (select from office where person_id = $1 and kind = 'programme_coordinator' and ended_at is null) as programme,
  array(select country from office
    where person_id = $1 and kind = 'national_coordinator' and ended_at is null order by country) as countries,
  array(select school_id from staff
    where person_id = $1 and role <> 'teacher' and ended_at is null order by school_id) as schools,
  exists (select from hearing where person_id = $1) or exists (select from preference where person_id = $1) as hearing
"""
# A step with `by_others_` is another's: it needs nobody any more, and is none that this person has done.
OF_PROGRAMME = """
select exists (select from programme) as set_up_programme,
  exists (select from cluster where formed_by = $1) as form_cluster,
  exists (select from cluster) as by_others_form_cluster,
  exists (select from invitation where office = 'national_coordinator' and invited_by = $1) as name_national,
  exists (select from office where kind = 'national_coordinator')
    or exists (select from invitation where office = 'national_coordinator') as by_others_name_national
"""
OF_COUNTRIES = """
select exists (select from import where kind = 'schools' and made_by = $1 and begun_at is not null) as bring_schools,
  exists (select from school where country = any($2::text[])) as by_others_bring_schools,
  exists (select from cluster where country = any($2::text[]) and formed_by = $1) as form_cluster,
  exists (select from cluster where country = any($2::text[])) as by_others_form_cluster
"""
OF_SCHOOLS = """
select exists (select from headcount where school_id = any($2::uuid[]) and year = $3) as describe_school,
  exists (select from invitation where school_id = any($2::uuid[]) and invited_by = $1)
    or exists (select from school_code where school_id = any($2::uuid[]) and made_by = $1) as bring_colleagues,
  exists (select from staff where school_id = any($2::uuid[]) and person_id <> $1 and ended_at is null)
    as by_others_bring_colleagues
"""
OTHERS = "by_others_"


async def me(pool: asyncpg.Pool, person_id: UUID, bound_to: UUID | None) -> dict[str, Any]:
    """A person with their standing and their news; a program hears what they are in the cluster it is `bound_to`."""
    row = await pool.fetchrow(ME, person_id, bound_to, year_to_begin(now().date()))
    if row is None:
        raise Unauthenticated
    return dict(row) | {"standings": in_order(row["standings"], row["language"], "cluster", "school")}


async def guide_of(pool: asyncpg.Pool, person_id: UUID, at: datetime) -> dict[str, Any]:
    """`role`: whose first weeks these are; `done`: the steps of theirs that clusters knows of; `by_others`."""
    guided = await pool.fetchrow(GUIDED, person_id)
    assert guided
    if guided["programme"]:
        role, steps = "programme_coordinator", await pool.fetchrow(OF_PROGRAMME, person_id)
    elif guided["countries"]:
        role, steps = "national_coordinator", await pool.fetchrow(OF_COUNTRIES, person_id, guided["countries"])
    elif guided["schools"]:
        role = "leader"
        steps = await pool.fetchrow(OF_SCHOOLS, person_id, guided["schools"], school_year(at).year)
    else:
        role, steps = "teacher", None
    known = {"come_in": True, "choose_hearing": guided["hearing"]} | dict(steps or {})
    said = [step for step, is_so in known.items() if is_so]
    done = [step for step in said if not step.startswith(OTHERS)]
    others = [step.removeprefix(OTHERS) for step in said if step.startswith(OTHERS)]
    return {"role": role, "done": done, "by_others": [step for step in others if step not in done]}
