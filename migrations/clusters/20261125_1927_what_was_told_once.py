"""What was told once

Revision ID: 2cf1076a209b
Revises: 329bffcc580c
"""

import sqlalchemy as sa
from alembic import op

revision = "2cf1076a209b"
down_revision = "329bffcc580c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "told",
        sa.Column("once", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("once"),
    )
    op.create_index(op.f("ix_told_at"), "told", ["at"])
