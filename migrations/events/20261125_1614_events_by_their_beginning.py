"""events by their beginning

A large house has some ten thousand events: the index is built within a second.

Revision ID: a15ab98a53aa
Revises: 155900d07c3f
"""

from alembic import op

revision = "a15ab98a53aa"
down_revision = "155900d07c3f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_event_by_start", "event", ["cluster_id", "starts_at", "id"], postgresql_include=["ends_at"])
    op.drop_index("ix_event_cluster_id_starts_at_id", table_name="event")
