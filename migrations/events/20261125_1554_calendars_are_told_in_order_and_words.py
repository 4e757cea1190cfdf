"""calendars are told in order, and words

Revision ID: 155900d07c3f
Revises: 08e68ffcc90c
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "155900d07c3f"
down_revision = "08e68ffcc90c"
branch_labels = None
depends_on = None


# A change whose telling is queued while this runs is told to everybody, as it was then.
TELL_EVERYBODY = """
update change set news = (select coalesce(jsonb_object_agg(key, to_jsonb(what)), '{}') from jsonb_each(effects))
from event where event.id = change.event_id and event.ends_at > now()
"""


def upgrade() -> None:
    op.create_table(
        "calendar_copy",
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("stamped_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "confirmed",
                "tentative",
                "published",
                "withdrawn",
                "cancelled",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=True,
        ),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("event_id", "person_id"),
    )
    op.add_column(
        "change", sa.Column("news", postgresql.JSONB(astext_type=sa.Text()), server_default="{}", nullable=False)
    )
    op.add_column("event", sa.Column("described_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("event", sa.Column("description_told_at", sa.DateTime(timezone=True), nullable=True))
    op.execute(TELL_EVERYBODY)
