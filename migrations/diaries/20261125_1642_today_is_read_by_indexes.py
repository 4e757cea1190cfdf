"""today is read by indexes

Revision ID: 2ee05ae4ba1f
Revises: 5cd19dca5c2f
"""

import sqlalchemy as sa
from alembic import op

revision = "2ee05ae4ba1f"
down_revision = "5cd19dca5c2f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_cluster_name_id", "cluster", ["name", "id"], unique=False)
    op.create_index(
        "ix_publication_published_at",
        "publication",
        ["published_at"],
        unique=False,
        postgresql_where=sa.text("retracted_at IS NULL"),
    )
