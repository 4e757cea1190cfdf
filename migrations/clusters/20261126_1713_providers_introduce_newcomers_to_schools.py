"""providers introduce newcomers to schools

Revision ID: d22fa16f7453
Revises: 16473f908e98
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "d22fa16f7453"
down_revision = "16473f908e98"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "introduction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("secret_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("account_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("mail", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("account_digest"),
        sa.UniqueConstraint("secret_digest"),
    )
    op.create_index(op.f("ix_introduction_ends_at"), "introduction", ["ends_at"], unique=False)
    op.create_table(
        "welcome",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id"),
    )
    op.add_column(
        "invitation", sa.Column("by_account", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
    op.add_column(
        "newcomer", sa.Column("by_account", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
