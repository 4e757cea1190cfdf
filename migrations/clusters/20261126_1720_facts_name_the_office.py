"""facts name the office

Revision ID: 4bebe6c393d7
Revises: 035b9e906d22
"""

from kit import ddl as kit

revision = "4bebe6c393d7"
down_revision = "035b9e906d22"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.facts_name_the_office()
