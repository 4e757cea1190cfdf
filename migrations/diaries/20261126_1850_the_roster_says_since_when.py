"""the roster says since when

Revision ID: 5c0b8e63a7f1
Revises: 1b45b75928c4
"""

from services.roster.ddl import say_since_when

revision = "5c0b8e63a7f1"
down_revision = "1b45b75928c4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    say_since_when()
