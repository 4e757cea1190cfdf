"""clusters can be closed

Revision ID: 51d3c28bb258
Revises: 2f7ac1d09e32
"""

from services.roster.ddl import close_clusters

revision = "51d3c28bb258"
down_revision = "2f7ac1d09e32"
branch_labels = None
depends_on = None


def upgrade() -> None:
    close_clusters()
