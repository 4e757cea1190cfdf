"""sums of what happens

Revision ID: c42160394bca
Revises: 7d1e5a0c94b2
"""

from services.roster.ddl import keep_sums

revision = "c42160394bca"
down_revision = "7d1e5a0c94b2"
branch_labels = None
depends_on = None


def upgrade() -> None:
    keep_sums()
