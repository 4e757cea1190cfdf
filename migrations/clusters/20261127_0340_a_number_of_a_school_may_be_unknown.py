"""a number of a school may be unknown

Revision ID: 4c1f7be2a905
Revises: 0a3f480d3c04
"""

from alembic import op

revision = "4c1f7be2a905"
down_revision = "0a3f480d3c04"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # What is unknown stands as 0 beside it, as code of before reads it.
    op.execute("alter table headcount add column unknown varchar")
