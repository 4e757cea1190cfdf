"""a link can be shown to another device

Revision ID: a9144c47e3d9
Revises: b7e9773fa233
"""

import sqlalchemy as sa
from alembic import op

revision = "a9144c47e3d9"
down_revision = "b7e9773fa233"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail_link", sa.Column("is_shown", sa.Boolean(), server_default=sa.text("false"), nullable=False))
