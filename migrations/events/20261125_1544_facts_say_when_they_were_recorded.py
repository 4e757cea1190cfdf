"""facts say when they were recorded

Revision ID: 08e68ffcc90c
Revises: 6c6b46b63529
"""

from kit import ddl as kit

revision = "08e68ffcc90c"
down_revision = "6c6b46b63529"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.facts_say_when_they_were_recorded()
