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
    # Code of before reads what it finds in lists; the page of a school of which one number is unknown has to wait for
    # the new one.
    op.execute("alter table headcount alter students drop not null, alter teachers drop not null")
