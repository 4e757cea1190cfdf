"""people have several addresses

Revision ID: c97f3a61e5d8
Revises: 5b8e0c4d7a12
"""

import sqlalchemy as sa
from alembic import op

revision = "c97f3a61e5d8"
down_revision = "5b8e0c4d7a12"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("address", sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False))
    op.add_column(
        "address", sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    )
    op.add_column("address", sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(op.f("uq_address_id"), "address", ["id"])
