"""webhooks inside

Revision ID: 98cb00606d15
Revises: 5857eb768200
"""

import sqlalchemy as sa
from alembic import op

revision = "98cb00606d15"
down_revision = "5857eb768200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("endpoint", sa.Column("inside", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_index(op.f("ix_fact_cluster_place"), table_name="fact")
