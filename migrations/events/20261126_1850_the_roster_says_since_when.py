"""the roster says since when

Revision ID: 7d1e5a0c94b2
Revises: c445984099d1
"""

from services.roster.ddl import say_since_when

revision = "7d1e5a0c94b2"
down_revision = "c445984099d1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    say_since_when()
