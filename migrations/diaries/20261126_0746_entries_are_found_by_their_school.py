"""entries are found by their school

Revision ID: 1dd00ea66927
Revises: dbdc5403a31c
"""

from alembic import op

revision = "1dd00ea66927"
down_revision = "dbdc5403a31c"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_entry_school_id", "entry", ["school_id"], unique=False)
