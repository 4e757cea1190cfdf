"""webhooks inside

Revision ID: 1e741efb9600
Revises: 195cc8cc76e4
"""

from kit import ddl as kit

revision = "1e741efb9600"
down_revision = "195cc8cc76e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.let_webhooks_in()
