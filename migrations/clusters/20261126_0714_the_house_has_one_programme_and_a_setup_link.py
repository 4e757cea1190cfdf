"""the house has one programme and a set-up link

Revision ID: 614b13e5b409
Revises: 5a0b7d1c93e4
"""

import sqlalchemy as sa
from alembic import op

revision = "614b13e5b409"
down_revision = "5a0b7d1c93e4"
branch_labels = None
depends_on = None

LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC0-1.0", "all-rights-reserved")


def upgrade() -> None:
    op.create_table(
        "country_taking_part",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("country"),
    )
    op.create_table(
        "phase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "programme",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column(
            "licence",
            sa.Enum(*LICENCES, name="licence", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("funding", sa.String(), nullable=False),
        sa.Column("disclaimer", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("hashtag", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("begins < ends", name="begins_before_it_ends"),
        sa.CheckConstraint("number = 1", name="one_row"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "setup_link",
        sa.Column("secret_digest", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("secret_digest"),
    )
    op.alter_column("cluster", "programme", existing_type=sa.VARCHAR(), server_default="", existing_nullable=False)
