"""Migrations of the roster: who belongs where, as followers hear it, and who may know of a cluster, in each database.

What a migration has called is not changed any more: a newer text stands beside it, for a newer migration.
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

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


def create_tables() -> None:
    """People, schools, clusters, memberships, staff and offices, as they are told; without what came later."""
    op.create_table(
        "cluster",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("country", AutoString(), nullable=False),
        sa.Column("approach", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("role", AutoString(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_membership_cluster_id"), "membership", ["cluster_id"], unique=False)
    op.create_index("ix_membership_school_id_cluster_id", "membership", ["school_id", "cluster_id"], unique=False)
    op.create_table(
        "office",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("country", AutoString(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_office_person_id"), "office", ["person_id"], unique=False)
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("language", AutoString(), nullable=False),
        sa.Column("zone", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "school",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("town", AutoString(), nullable=False),
        sa.Column("country", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "staff",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("role", AutoString(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_staff_person_id"), "staff", ["person_id"], unique=False)
    op.create_index(op.f("ix_staff_school_id"), "staff", ["school_id"], unique=False)


def remember_shut_out_clients() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def close_clusters() -> None:
    op.add_column("cluster", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))


def say_since_when() -> None:
    """Of what began before, it is not known."""
    op.add_column("membership", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("staff", sa.Column("began_at", sa.DateTime(timezone=True), nullable=True))


def keep_sums() -> None:
    """How much happened, by cluster, month, kind and school."""
    kinds = ("meetings", "organised", "hosted", "joined", "came", "people", "reached", "entries", "comments",
             "takeaways", "planning")  # fmt: skip
    op.create_table(
        "activity",
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*kinds, name="activitykind", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.CheckConstraint("count >= 0", name="not_negative"),
        sa.PrimaryKeyConstraint("cluster_id", "month", "kind", "school_id"),
    )
    op.create_index("ix_activity_to_tell", "activity", ["counted_at"], postgresql_where=sa.text("NOT told"))


def set_up_sight() -> None:
    """Make `clusters_in_sight`, which `Member.sight` has the parameters of, and `clusters_seen_by`."""
    op.execute(IN_SIGHT)
    op.execute(SEEN_BY)


def count_by_section(*tables: str) -> None:
    """Meetings by the sections of the year report in which they are told."""
    kinds = ("meetings", "organised", "hosted", "joined", "came", "people", "reached", "entries", "comments",
             "takeaways", "planning", "meetings_preparation", "meetings_networking", "meetings_community_of_practice",
             "meetings_professional_development", "meetings_monitoring", "meetings_outcomes")  # fmt: skip
    for table in tables:
        op.drop_constraint("activitykind", table, type_="check")
        op.create_check_constraint("activitykind", table, sa.column("kind").in_(kinds))
