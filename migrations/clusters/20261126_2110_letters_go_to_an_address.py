"""letters go to an address

Revision ID: 5b8e0c4d7a12
Revises: d2a6dcf64ffb
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op

revision = "5b8e0c4d7a12"
down_revision = "d2a6dcf64ffb"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("mail", sa.Column("address", sqlmodel.sql.sqltypes.AutoString(), nullable=True))
