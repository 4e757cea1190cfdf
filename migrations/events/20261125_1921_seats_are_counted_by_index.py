"""Seats are counted by index

Revision ID: 641e18f01671
Revises: 38aa62ab4378
"""

import sqlalchemy as sa
from alembic import op

revision = "641e18f01671"
down_revision = "38aa62ab4378"
branch_labels = None
depends_on = None

LIVE = sa.text("until IS NULL")


def upgrade() -> None:
    op.create_index("ix_event_organiser_id_ends_at", "event", ["organiser_id", "ends_at"])
    op.create_index("ix_placement_live_at", "placement", ["place_id", "registration_id"], postgresql_where=LIVE)
    op.create_index("ix_registration_event_id", "registration", ["event_id"])
    op.create_index("ix_wait_live_at", "wait", ["place_id", "turn", "registration_id"], postgresql_where=LIVE)
