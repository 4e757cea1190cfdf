"""doubtful rows of lists are asked about

Revision ID: 3932f73ea1dd
Revises: dff175a73928
"""

import sqlalchemy as sa
from alembic import op

revision = "3932f73ea1dd"
down_revision = "dff175a73928"
branch_labels = None
depends_on = None

OUTCOMES = ("new", "numbers", "same", "alike", "proposed", "waiting", "doubtful", "wrong")


def upgrade() -> None:
    op.drop_constraint("outcome", "import_line", type_="check")
    op.create_check_constraint("outcome", "import_line", sa.column("outcome").in_(OUTCOMES))
    op.add_column("import", sa.Column("sure", sa.Boolean(), server_default=sa.text("false"), nullable=False))
