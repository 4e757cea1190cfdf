"""meetings are counted by section of the year report

Revision ID: e90b3a7d52f6
Revises: b933384bd561
"""

from alembic import op

from services.roster.ddl import count_by_section

revision = "e90b3a7d52f6"
down_revision = "b933384bd561"
branch_labels = None
depends_on = None


def upgrade() -> None:
    count_by_section("activity", "cluster_activity", "country_activity")
    # All is counted once more, and told again.
    op.execute("delete from activity_source")
