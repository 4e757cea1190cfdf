"""people leave for good

Revision ID: 3f627c1f28d2
Revises: a9144c47e3d9
"""

import sqlalchemy as sa
from alembic import op

revision = "3f627c1f28d2"
down_revision = "a9144c47e3d9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True))
