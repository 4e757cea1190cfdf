"""clusters can be closed

Revision ID: ff1472798dda
Revises: 1dd00ea66927
"""

from services.roster.ddl import close_clusters

revision = "ff1472798dda"
down_revision = "1dd00ea66927"
branch_labels = None
depends_on = None


def upgrade() -> None:
    close_clusters()
