"""lists are brought in as they were begun

Revision ID: 4c1d7a90be35
Revises: 998ab4772ee6
"""

import sqlalchemy as sa
from alembic import op

revision = "4c1d7a90be35"
down_revision = "998ab4772ee6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import", sa.Column("begun_client", sa.Uuid(), nullable=True))
