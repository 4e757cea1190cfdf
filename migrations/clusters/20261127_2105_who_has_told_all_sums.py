"""who has told all sums

Revision ID: b933384bd561
Revises: 32277e4d425a
"""

import sqlalchemy as sa
from alembic import op

revision = "b933384bd561"
down_revision = "32277e4d425a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "activity_source",
        sa.Column(
            "source",
            sa.Enum("events", "diaries", name="source", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("complete_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("source"),
    )
