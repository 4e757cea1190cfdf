"""webhooks inside

Revision ID: 31a1a851dab8
Revises: 97f80effd570
"""

from kit import ddl as kit

revision = "31a1a851dab8"
down_revision = "97f80effd570"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.let_webhooks_in()
