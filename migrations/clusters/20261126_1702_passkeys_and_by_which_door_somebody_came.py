"""passkeys and by which door somebody came

Revision ID: c13ff4ccf86b
Revises: 5d0c7a31b9e4
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "c13ff4ccf86b"
down_revision = "5d0c7a31b9e4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("credential_id"),
    )
    op.create_index(op.f("ix_passkey_person_id"), "passkey", ["person_id"], unique=False)
    op.create_table(
        "passkey_challenge",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("challenge_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("from_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("challenge_digest"),
    )
    op.create_index(op.f("ix_passkey_challenge_from_digest"), "passkey_challenge", ["from_digest"], unique=False)
    op.add_column("session", sa.Column("door", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False))
    op.add_column("session", sa.Column("passkey_id", sa.Uuid(), nullable=True))
