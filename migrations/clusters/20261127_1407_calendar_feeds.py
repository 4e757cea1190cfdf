"""calendar feeds

Revision ID: a5017a3daa1b
Revises: 3569da6c4890
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "a5017a3daa1b"
down_revision = "3569da6c4890"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_feed",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("key", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
        ),
        sa.PrimaryKeyConstraint("person_id"),
        sa.UniqueConstraint("key"),
    )
