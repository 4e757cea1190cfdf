"""Who may know of a cluster

Revision ID: 2f7ac1d09e31
Revises: 2cf1076a209b
"""

from services.roster.ddl import set_up_sight

revision = "2f7ac1d09e31"
down_revision = "2cf1076a209b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    set_up_sight()
