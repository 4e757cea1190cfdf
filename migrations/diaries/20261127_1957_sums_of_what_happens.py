"""sums of what happens

Revision ID: 265140fe487b
Revises: 5c0b8e63a7f1
"""

import sqlalchemy as sa
from alembic import op

from services.roster.ddl import keep_sums

revision = "265140fe487b"
down_revision = "5c0b8e63a7f1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keep_sums()
    op.create_index(
        "ix_publication_cluster_id_published_at",
        "publication",
        ["cluster_id", "published_at"],
        unique=False,
        postgresql_where=sa.text("retracted_at IS NULL"),
    )
    op.create_index("ix_publication_entry_id", "publication", ["entry_id"], unique=False)
