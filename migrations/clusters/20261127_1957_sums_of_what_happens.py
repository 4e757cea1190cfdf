"""sums of what happens

Revision ID: 32277e4d425a
Revises: 92c6372317b8
"""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from services.roster.ddl import keep_sums

revision = "32277e4d425a"
down_revision = "92c6372317b8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "country_activity",
        sa.Column("country", AutoString(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "meetings",
                "organised",
                "hosted",
                "joined",
                "came",
                "people",
                "reached",
                "entries",
                "comments",
                "takeaways",
                "planning",
                name="activitykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("country", "month", "kind"),
    )
    op.create_table(
        "support",
        sa.Column("country", AutoString(), nullable=False),
        sa.Column("light_touch_from", sa.Integer(), nullable=True),
        sa.Column("on_request_from", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("light_touch_from between 1 and 12", name="light_touch_is_a_month"),
        sa.CheckConstraint("on_request_from between 1 and 12", name="on_request_is_a_month"),
        sa.PrimaryKeyConstraint("country"),
    )
    op.create_table(
        "cluster_activity",
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "meetings",
                "organised",
                "hosted",
                "joined",
                "came",
                "people",
                "reached",
                "entries",
                "comments",
                "takeaways",
                "planning",
                name="activitykind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["cluster.id"],
        ),
        sa.PrimaryKeyConstraint("cluster_id", "month", "kind"),
    )
    op.create_table(
        "latest_activity",
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["cluster.id"],
        ),
        sa.PrimaryKeyConstraint("cluster_id", "school_id"),
    )
    op.create_index("ix_latest_activity_of_school", "latest_activity", ["school_id", "cluster_id"], unique=False)
    op.create_table(
        "nudge_rest",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["cluster.id"],
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id", "cluster_id", "school_id"),
    )
    keep_sums()
