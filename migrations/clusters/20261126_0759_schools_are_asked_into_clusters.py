"""schools are asked into clusters

Revision ID: e07aec431316
Revises: eaf01b6778d1
"""

import sqlalchemy as sa
from alembic import op

revision = "e07aec431316"
down_revision = "eaf01b6778d1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "beginning",
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["cluster.id"],
        ),
        sa.PrimaryKeyConstraint("cluster_id"),
    )
    op.create_table(
        "school_invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("mentor", "mentee", "lab", name="schoolrole", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("word", sa.String(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted",
                "declined",
                "withdrawn",
                name="schoolanswer",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("answer_word", sa.String(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_when"),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["cluster.id"],
        ),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_school_invitation_cluster_id_id", "school_invitation", ["cluster_id", "id"], unique=False)
    op.create_index("ix_school_invitation_school_id", "school_invitation", ["school_id"], unique=False)
    op.create_index(
        "uq_school_invitation_open",
        "school_invitation",
        ["cluster_id", "school_id"],
        unique=True,
        postgresql_where=sa.text("answer IS NULL"),
    )
    # What there was before has begun.
    op.execute("insert into beginning (cluster_id, begun_at, begun_by) select id, formed_at, formed_by from cluster")
