"""what hangs on an entry goes with it

Revision ID: dbdc5403a31c
Revises: 2f7ac1d09e33
"""

from alembic import op

revision = "dbdc5403a31c"
down_revision = "2f7ac1d09e33"
branch_labels = None
depends_on = None


HANGS_ON = {
    "comment": "entry",
    "entry_removal": "entry",
    "picture": "entry",
    "publication": "entry",
    "comment_removal": "comment",
    "former_text": "comment",
    "resolution": "comment",
}


def upgrade() -> None:
    for table, whole in HANGS_ON.items():
        name = f"{table}_{whole}_id_fkey"
        op.drop_constraint(name, table, type_="foreignkey")
        op.create_foreign_key(name, table, whole, [f"{whole}_id"], ["id"], ondelete="CASCADE")
