"""facts say when they were recorded

Revision ID: 682b85c365a1
Revises: 98cb00606d15
"""

import sqlalchemy as sa
from alembic import op

revision = "682b85c365a1"
down_revision = "98cb00606d15"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fact", sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("fact", sa.Column("said_by", sa.Uuid(), nullable=True))
