"""meetings are counted by section of the year report

Revision ID: 8c2f64e1b7d5
Revises: 265140fe487b
"""

from services.roster.ddl import count_by_section

revision = "8c2f64e1b7d5"
down_revision = "265140fe487b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    count_by_section("activity")
