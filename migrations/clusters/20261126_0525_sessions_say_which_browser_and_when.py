"""sessions say which browser and when

Revision ID: 5a0b7d1c93e4
Revises: 2f7ac1d09e31
"""

import sqlalchemy as sa
from alembic import op

revision = "5a0b7d1c93e4"
down_revision = "2f7ac1d09e31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("browser", "system"):
        op.add_column("session", sa.Column(name, sa.String(), server_default="", nullable=False))
    op.add_column(
        "session",
        sa.Column("used_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
    )
    op.execute("update session set used_at = began_at")
