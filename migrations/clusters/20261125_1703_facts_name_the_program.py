"""facts name the program

Revision ID: c983d638f824
Revises: 878ed26e024a
"""

import sqlalchemy as sa
from alembic import op

revision = "c983d638f824"
down_revision = "878ed26e024a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fact", sa.Column("client_id", sa.Uuid(), nullable=True))
