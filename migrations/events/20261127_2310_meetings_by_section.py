"""meetings are counted by section of the year report

Revision ID: 5b7e19d0a3c4
Revises: c42160394bca
"""

from services.roster.ddl import count_by_section

revision = "5b7e19d0a3c4"
down_revision = "c42160394bca"
branch_labels = None
depends_on = None


def upgrade() -> None:
    count_by_section("activity")
