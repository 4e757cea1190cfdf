"""what development plans say on mentoring

Revision ID: a96235d012fd
Revises: e90b3a7d52f6
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "a96235d012fd"
down_revision = "e90b3a7d52f6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "development_plan",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("link", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id"),
    )
