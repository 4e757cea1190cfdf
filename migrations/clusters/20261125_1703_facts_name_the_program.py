"""facts name the program

Revision ID: c983d638f824
Revises: 878ed26e024a
"""

from kit import ddl as kit

revision = "c983d638f824"
down_revision = "878ed26e024a"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.facts_name_the_program()
