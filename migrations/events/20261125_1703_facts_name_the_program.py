"""facts name the program

Revision ID: 38aa62ab4378
Revises: ac7461d532ef
"""

import sqlalchemy as sa
from alembic import op

revision = "38aa62ab4378"
down_revision = "ac7461d532ef"
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
