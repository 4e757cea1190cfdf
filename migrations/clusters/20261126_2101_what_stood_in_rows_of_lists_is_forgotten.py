"""what stood in rows of lists is forgotten

Revision ID: d2a6dcf64ffb
Revises: 3932f73ea1dd
"""

import sqlalchemy as sa
from alembic import op

revision = "d2a6dcf64ffb"
down_revision = "3932f73ea1dd"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("import", sa.Column("forgotten_at", sa.DateTime(timezone=True), nullable=True))
