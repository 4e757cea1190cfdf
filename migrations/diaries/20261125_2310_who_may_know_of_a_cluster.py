"""Who may know of a cluster

Revision ID: 2f7ac1d09e33
Revises: c22363de37d5
"""

from services.roster.ddl import set_up_sight

revision = "2f7ac1d09e33"
down_revision = "c22363de37d5"
branch_labels = None
depends_on = None


def upgrade() -> None:
    set_up_sight()
