"""deliveries say what went wrong

The index is built while facts wait: about a second for a million of them. Beside a second process that waits for the
lock of migrations it cannot be built concurrently: each would wait for the other.

Revision ID: e63cb18fb467
Revises: a15ab98a53aa
"""

import sqlalchemy as sa
from alembic import op

revision = "e63cb18fb467"
down_revision = "a15ab98a53aa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("delivery", sa.Column("error", sa.String(), nullable=True))
    op.add_column("delivery", sa.Column("tried_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("endpoint", sa.Column("failures", sa.Integer(), server_default="0", nullable=False))
    op.add_column("endpoint", sa.Column("paused_until", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_fact_cluster_id_place", "fact", ["cluster_id", "place"])
