"""what an account says of a newcomer is kept

Revision ID: dff175a73928
Revises: 8e52f0c7d1a6
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "dff175a73928"
down_revision = "8e52f0c7d1a6"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("introduction", sa.Column("waits", sa.Boolean(), server_default=sa.text("true"), nullable=False))
    op.add_column(
        "invitation", sa.Column("account_name", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
    op.add_column("invitation", sa.Column("mail_typed", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.add_column(
        "newcomer", sa.Column("account_name", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
    op.add_column("newcomer", sa.Column("mail_typed", sa.Boolean(), server_default=sa.text("false"), nullable=False))
