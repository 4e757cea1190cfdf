"""a guide through the first weeks

Revision ID: 5db606f86531
Revises: 3f627c1f28d2
"""

import sqlalchemy as sa
from alembic import op

revision = "5db606f86531"
down_revision = "3f627c1f28d2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("guide_put_away_at", sa.DateTime(timezone=True), nullable=True))
