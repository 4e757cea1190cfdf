"""today is read by indexes

Revision ID: ac7461d532ef
Revises: e63cb18fb467
"""

from alembic import op

revision = "ac7461d532ef"
down_revision = "e63cb18fb467"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cluster_name_id", "cluster", ["name", "id"], unique=False)
    op.create_index("ix_event_ends_at", "event", ["ends_at"], unique=False)
