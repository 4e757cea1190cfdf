"""schools are found by the host of their website

Revision ID: 7b8f7a82c435
Revises: d22fa16f7453
"""

import sqlalchemy as sa
from alembic import op

revision = "7b8f7a82c435"
down_revision = "d22fa16f7453"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_school_host",
        "school",
        [sa.literal_column("left(split_part(regexp_replace(lower(website), '^[^/]*//(www[.])?', ''), '/', 1), 255)")],
        unique=False,
    )
