"""webhooks inside

Revision ID: 31a1a851dab8
Revises: 97f80effd570
"""

import sqlalchemy as sa
from alembic import op

revision = "31a1a851dab8"
down_revision = "97f80effd570"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("endpoint", sa.Column("inside", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_index(op.f("ix_fact_cluster_place"), table_name="fact")
