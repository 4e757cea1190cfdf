"""an address waits

Revision ID: e20d94b8f673
Revises: c97f3a61e5d8
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "e20d94b8f673"
down_revision = "c97f3a61e5d8"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_address",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mail", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("secret_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id"),
    )
