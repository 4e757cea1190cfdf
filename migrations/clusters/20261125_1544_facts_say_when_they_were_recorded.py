"""facts say when they were recorded, and the house when it was opened

Revision ID: ae2b3439acaa
Revises: f97b0d27765f
"""

import sqlalchemy as sa
from alembic import op

from kit import ddl as kit

revision = "ae2b3439acaa"
down_revision = "f97b0d27765f"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kit.facts_say_when_they_were_recorded()
    op.create_table(
        "house_setup",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("number = 1", name=op.f("ck_house_setup_one_row")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_house_setup")),
    )
    # A house with clusters was set up before: it is open.
    op.execute(
        "insert into house_setup (number, began_at, opened_at) "
        "select 1, now(), now() where exists (select from cluster)"
    )
