"""the code before

Revision ID: b7d447089bb3
Revises: 4c1f7be2a905
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "b7d447089bb3"
down_revision = "4c1f7be2a905"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("school_code", sa.Column("replaced", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
    op.create_index(op.f("ix_school_code_replaced"), "school_code", ["replaced"], unique=False)
