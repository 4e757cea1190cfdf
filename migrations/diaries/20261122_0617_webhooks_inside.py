"""webhooks inside

Revision ID: 98cb00606d15
Revises: 5857eb768200
"""

from kit import ddl as kit

revision = "98cb00606d15"
down_revision = "5857eb768200"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.let_webhooks_in()
