"""Who may know of a cluster

Revision ID: 2f7ac1d09e32
Revises: 9c3e8f52a6d1
"""

from services.roster.ddl import set_up_sight

revision = "2f7ac1d09e32"
down_revision = "9c3e8f52a6d1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    set_up_sight()
