"""Who may know of a cluster, said once in each database: made by its migrations, beside the tables that it reads.

What a migration has called is not changed any more: a newer text stands beside it, for a newer migration.
"""

from alembic import op

# Functions of one statement, without a lock or a setting: PostgreSQL writes them into the statement that asks, which
# then reads by index.

# For an actor, whose standing is known: no cluster comes twice. Who holds no office reads nothing of the table. The
# array is for the planner, which takes it for ten rows: from the table it prepares every list for the whole country.
IN_SIGHT = """
create function clusters_in_sight(own uuid[], countries varchar[], everything boolean)
returns table (cluster_id uuid) language sql stable parallel safe as $$
  select id from unnest(own) as the_own(id)
  union all
  select id from unnest(case when everything or countries <> '{}' then array(
    select id from cluster where (everything or country = any(countries)) and id <> all(own)
  ) end) as of_office(id)
$$
"""
# The same for anybody, to ask about one cluster: it comes once for each reason.
SEEN_BY = """
create function clusters_seen_by(person uuid)
returns table (cluster_id uuid) language sql stable parallel safe as $$
  select membership.cluster_id from staff join membership on membership.school_id = staff.school_id
  where staff.person_id = person and staff.ended_at is null and membership.ended_at is null
  union all
  select cluster.id from office
  join cluster on office.country = cluster.country or office.kind = 'programme_coordinator'
  where office.person_id = person and office.ended_at is null
$$
"""


def set_up_sight() -> None:
    """Make `clusters_in_sight`, which `Member.sight` has the parameters of, and `clusters_seen_by`."""
    op.execute(IN_SIGHT)
    op.execute(SEEN_BY)
