"""clusters can be closed

Revision ID: 4069450776f6
Revises: 8f3171531026
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "4069450776f6"
down_revision = "8f3171531026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("cluster", sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("cluster", sa.Column("closed_by", sa.Uuid(), nullable=True))
    op.add_column(
        "cluster", sa.Column("closing_word", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
