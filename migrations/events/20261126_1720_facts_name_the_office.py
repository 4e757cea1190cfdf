"""facts name the office

Revision ID: c445984099d1
Revises: 51d3c28bb258
"""

from kit import ddl as kit

revision = "c445984099d1"
down_revision = "51d3c28bb258"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.facts_name_the_office()
