"""facts say when they were recorded

Revision ID: 682b85c365a1
Revises: 98cb00606d15
"""

from kit import ddl as kit

revision = "682b85c365a1"
down_revision = "98cb00606d15"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.facts_say_when_they_were_recorded()
