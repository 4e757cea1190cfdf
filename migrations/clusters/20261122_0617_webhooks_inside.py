"""webhooks inside

Revision ID: 1e741efb9600
Revises: 195cc8cc76e4
"""

import sqlalchemy as sa
from alembic import op

revision = "1e741efb9600"
down_revision = "195cc8cc76e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("endpoint", sa.Column("inside", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.drop_index(op.f("ix_fact_cluster_place"), table_name="fact")
