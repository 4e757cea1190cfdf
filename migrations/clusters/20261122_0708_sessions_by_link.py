"""sessions by link

Revision ID: f97b0d27765f
Revises: 1e741efb9600
"""

import sqlalchemy as sa
from alembic import op

revision = "f97b0d27765f"
down_revision = "1e741efb9600"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("session", sa.Column("by_link", sa.Boolean(), server_default=sa.text("false"), nullable=False))
