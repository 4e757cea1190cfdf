"""a guide through the first weeks

Revision ID: 2ab1739d2daa
Revises: 52f38d473e7b
"""

from alembic import op

revision = "2ab1739d2daa"
down_revision = "52f38d473e7b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_comment_author_id", "comment", ["author_id"], unique=False)
