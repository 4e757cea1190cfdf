"""Public entries of a cluster by index

Revision ID: c22363de37d5
Revises: 97662816fc6d
"""

import sqlalchemy as sa
from alembic import op

revision = "c22363de37d5"
down_revision = "97662816fc6d"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_publication_everyone_of_cluster",
        "publication",
        ["cluster_id", "id"],
        postgresql_where=sa.text("retracted_at IS NULL AND reach = 'everyone'"),
    )
