"""letters come back

Revision ID: 1e0b72bd60f9
Revises: 4bebe6c393d7
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "1e0b72bd60f9"
down_revision = "4bebe6c393d7"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "bounce",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meaning", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_bounce_at"), "bounce", ["at"], unique=False)
    op.create_table(
        "unreached",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reason",
            sa.Enum(
                "no_such_address",
                "mailbox_full",
                "refused",
                "no_answer",
                "junk",
                name="reason",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("by_bounce", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.add_column("mail", sa.Column("return_key", sa.Uuid(), nullable=True))
    op.create_unique_constraint(op.f("uq_mail_return_key"), "mail", ["return_key"])
