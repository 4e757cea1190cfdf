"""nobody belongs anywhere before their own yes

Revision ID: dbf846165161
Revises: ae2b3439acaa
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "dbf846165161"
down_revision = "ae2b3439acaa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mail", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=True),
        sa.Column(
            "role",
            sa.Enum(
                "teacher", "coordinator", "head", name="staffrole", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column(
            "office",
            sa.Enum(
                "national_coordinator",
                "programme_coordinator",
                name="officekind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.Column("country", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("names_first", sa.Boolean(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("invited_by", sa.Uuid(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by", sa.Uuid(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sendings", sa.Integer(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "answer",
            sa.Enum(
                "accepted", "declined", "withdrawn", name="answer", native_enum=False, create_constraint=True, length=40
            ),
            nullable=True,
        ),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_when"),
        sa.CheckConstraint("(school_id IS NULL) <> (office IS NULL)", name="school_or_office"),
        sa.CheckConstraint("(school_id IS NULL) = (role IS NULL)", name="role_in_school"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["school_id"],
            ["school.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_invitation_school_id_id", "invitation", ["school_id", "id"], unique=False)
    op.create_index(
        "uq_invitation_open",
        "invitation",
        ["person_id", "school_id", "office", "country"],
        unique=True,
        postgresql_where=sa.text("answer IS NULL"),
        postgresql_nulls_not_distinct=True,
    )
    op.add_column("mail_link", sa.Column("invitation_id", sa.Uuid(), nullable=True))
    op.create_index(op.f("ix_mail_link_invitation_id"), "mail_link", ["invitation_id"], unique=False)
