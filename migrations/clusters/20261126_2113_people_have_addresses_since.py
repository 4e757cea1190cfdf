"""people have addresses since they came

Revision ID: 0a3f480d3c04
Revises: e20d94b8f673
"""

from alembic import op

revision = "0a3f480d3c04"
down_revision = "e20d94b8f673"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("update address set added_at = person.registered_at from person where person.id = address.person_id")
