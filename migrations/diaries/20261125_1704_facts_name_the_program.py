"""facts name the program

Revision ID: 97662816fc6d
Revises: 2ee05ae4ba1f
"""

from kit import ddl as kit
from services.roster import ddl as roster

revision = "97662816fc6d"
down_revision = "2ee05ae4ba1f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    roster.remember_shut_out_clients()
    kit.facts_name_the_program()
