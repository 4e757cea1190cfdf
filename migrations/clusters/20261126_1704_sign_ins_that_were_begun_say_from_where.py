"""sign-ins that were begun say from where

Revision ID: 16473f908e98
Revises: 1e0b72bd60f9
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "16473f908e98"
down_revision = "1e0b72bd60f9"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "authentication_request",
        sa.Column("from_digest", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False),
    )
    op.create_index("ix_authentication_request_ends_at", "authentication_request", ["ends_at"], unique=False)
    op.create_index(
        "ix_authentication_request_from_digest_ends_at",
        "authentication_request",
        ["from_digest", "ends_at"],
        unique=False,
    )
