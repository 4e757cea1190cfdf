"""facts name the program

Revision ID: 38aa62ab4378
Revises: ac7461d532ef
"""

from kit import ddl as kit
from services.roster import ddl as roster

revision = "38aa62ab4378"
down_revision = "ac7461d532ef"
branch_labels = None
depends_on = None


def upgrade() -> None:
    roster.remember_shut_out_clients()
    kit.facts_name_the_program()
