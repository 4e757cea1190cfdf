"""facts name the program

Revision ID: 97662816fc6d
Revises: 2ee05ae4ba1f
"""

import sqlalchemy as sa
from alembic import op

revision = "97662816fc6d"
down_revision = "2ee05ae4ba1f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "client",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.add_column("fact", sa.Column("client_id", sa.Uuid(), nullable=True))
