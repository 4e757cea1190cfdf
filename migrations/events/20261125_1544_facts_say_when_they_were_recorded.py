"""facts say when they were recorded

Revision ID: 08e68ffcc90c
Revises: 6c6b46b63529
"""

import sqlalchemy as sa
from alembic import op

revision = "08e68ffcc90c"
down_revision = "6c6b46b63529"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fact", sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fact", sa.Column("said_by", sa.Uuid(), nullable=True))
