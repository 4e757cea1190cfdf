"""Who came is counted by index

Revision ID: 5b1d0c7e9a42
Revises: 641e18f01671
"""

from alembic import op

revision = "5b1d0c7e9a42"
down_revision = "641e18f01671"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_attendance_event_id", "attendance", ["event_id"])
