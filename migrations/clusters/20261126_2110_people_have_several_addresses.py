"""people have several addresses

Revision ID: 0a3f480d3c04
Revises: d2a6dcf64ffb
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "0a3f480d3c04"
down_revision = "d2a6dcf64ffb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "waiting_address",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mail", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("secret_digest", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.add_column("address", sa.Column("id", sa.Uuid(), server_default=sa.text("gen_random_uuid()"), nullable=False))
    op.add_column(
        "address", sa.Column("added_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False)
    )
    op.add_column("address", sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=True))
    op.create_unique_constraint(op.f("uq_address_id"), "address", ["id"])
    op.execute("update address set added_at = person.registered_at from person where person.id = address.person_id")
    op.add_column("mail", sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
