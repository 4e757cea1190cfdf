"""who left stands in no list

Revision ID: 8e52f0c7d1a6
Revises: 4c1d7a90be35
"""

import sqlalchemy as sa
from alembic import op

revision = "8e52f0c7d1a6"
down_revision = "4c1d7a90be35"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("left_mails", sa.ARRAY(sa.String()), server_default="{}", nullable=False))
