"""lists of people and memberships too

The version before knows no lists: their tables get the names that fit all kinds.

Revision ID: 5d0c7a31b9e4
Revises: 7b8f7a82c435
"""

import sqlalchemy as sa
from alembic import op

revision = "5d0c7a31b9e4"
down_revision = "7b8f7a82c435"
branch_labels = None
depends_on = None

RENAMED = {"school_import": "import", "school_import_line": "import_line", "school_import_sheet": "import_sheet"}
INDEXES = ("ix_{}import_made_at", "ix_{}import_line_outcome", "ix_{}import_line_waiting")
FOREIGN_KEYS = ("import_line", "import_sheet")
OUTCOMES = ("new", "numbers", "same", "alike", "proposed", "waiting", "wrong")


def upgrade() -> None:
    for old, new in RENAMED.items():
        op.rename_table(old, new)
        op.execute(f'alter table "{new}" rename constraint {old}_pkey to {new}_pkey')
    for index in INDEXES:
        op.execute(f"alter index {index.format('school_')} rename to {index.format('')}")
    for table in FOREIGN_KEYS:
        old, new = f"school_{table}_import_id_fkey", f"{table}_import_id_fkey"
        op.execute(f"alter table {table} rename constraint {old} to {new}")
    op.drop_constraint("outcome", "import_line", type_="check")
    op.create_check_constraint("outcome", "import_line", sa.column("outcome").in_(OUTCOMES))
    kind = sa.Enum(
        "schools", "people", "memberships", name="listkind", native_enum=False, create_constraint=True, length=40
    )
    op.add_column("import", sa.Column("kind", kind, server_default="schools", nullable=False))
    op.alter_column("import", "kind", server_default=None)
    op.add_column("import", sa.Column("school_id", sa.Uuid(), nullable=True))
    op.create_foreign_key("import_school_id_fkey", "import", "school", ["school_id"], ["id"])
    op.add_column("import", sa.Column("language", sa.String(), server_default="en", nullable=False))
    op.alter_column("import", "language", server_default=None)
    op.add_column("import", sa.Column("asked_by", sa.Uuid(), nullable=True))
    op.add_column("import_line", sa.Column("mail", sa.String(), nullable=True))
    op.create_index("ix_import_line_mail", "import_line", ["mail"], postgresql_where=sa.text("mail IS NOT NULL"))
