"""events have a language

Revision ID: 6c6b46b63529
Revises: 31a1a851dab8
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "6c6b46b63529"
down_revision = "31a1a851dab8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "event", sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), server_default="en", nullable=False)
    )
