"""entries and comments can be deleted, comments changed

Revision ID: 65e41365acab
Revises: 682b85c365a1
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "65e41365acab"
down_revision = "682b85c365a1"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "entry_removal",
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "reach",
            sa.Enum("cluster", "everyone", name="reach", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entry.id"],
        ),
        sa.PrimaryKeyConstraint("entry_id"),
    )
    op.create_table(
        "comment_removal",
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comment.id"],
        ),
        sa.PrimaryKeyConstraint("comment_id"),
    )
    op.create_table(
        "former_text",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("comment_id", sa.Uuid(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("by", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"],
            ["comment.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_former_text_comment_id"), "former_text", ["comment_id"], unique=False)
    op.add_column("comment", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
