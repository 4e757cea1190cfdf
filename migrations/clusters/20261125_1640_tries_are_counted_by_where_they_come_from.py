"""tries are counted by where they come from

Revision ID: 6f86191b6838
Revises: 5c1d0b7e92a4
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "6f86191b6838"
down_revision = "5c1d0b7e92a4"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "link_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mail", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("to", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_link_request_mail"), "link_request", ["mail"], unique=False)
    op.create_table(
        "known_device",
        sa.Column("secret_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("secret_digest"),
    )
    op.create_index(op.f("ix_known_device_person_id"), "known_device", ["person_id"], unique=False)
    op.add_column(
        "sign_in_try", sa.Column("from_digest", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
    op.add_column(
        "sign_in_try", sa.Column("by_known_device", sa.Boolean(), server_default=sa.text("false"), nullable=False)
    )
    op.create_index("ix_sign_in_try_at", "sign_in_try", ["at"], unique=False)
