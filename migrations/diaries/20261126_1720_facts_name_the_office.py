"""facts name the office

Revision ID: 1b45b75928c4
Revises: 2ab1739d2daa
"""

from kit import ddl as kit

revision = "1b45b75928c4"
down_revision = "2ab1739d2daa"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.facts_name_the_office()
