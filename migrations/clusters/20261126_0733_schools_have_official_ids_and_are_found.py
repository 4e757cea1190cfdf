"""schools have official ids and are found

Revision ID: eaf01b6778d1
Revises: 614b13e5b409
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "eaf01b6778d1"
down_revision = "614b13e5b409"
branch_labels = None
depends_on = None

KINDS = (
    "kindergarten", "primary", "primary_and_lower_secondary", "lower_secondary", "upper_secondary", "secondary",
    "vocational", "all_ages", "special", "other",
)  # fmt: skip


def upgrade() -> None:
    op.execute("create extension if not exists pg_trgm")
    op.create_table(
        "official_id",
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("scheme", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("country", "scheme", "number"),
    )
    op.create_index(op.f("ix_official_id_school_id"), "official_id", ["school_id"], unique=False)
    op.create_table(
        "school_order",
        sa.Column("school_id", sa.Uuid(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("school_id", "language"),
    )
    op.create_index(
        "ix_school_order_language_country_key",
        "school_order",
        ["language", "country", "key", "school_id"],
        unique=False,
    )
    op.create_index("ix_school_order_language_key", "school_order", ["language", "key", "school_id"], unique=False)
    op.add_column("school", sa.Column("official_name", sa.String(), server_default="", nullable=False))
    op.add_column(
        "school",
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="schoolkind", native_enum=False, create_constraint=True, length=40),
            nullable=True,
        ),
    )
    op.add_column("school", sa.Column("latitude", sa.Float(), nullable=True))
    op.add_column("school", sa.Column("longitude", sa.Float(), nullable=True))
    op.add_column("school", sa.Column("branch_of", sa.Uuid(), nullable=True))
    op.add_column("school", sa.Column("subjects", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False))
    op.add_column("school", sa.Column("languages", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False))
    op.add_column("school", sa.Column("offers", sa.String(), server_default="", nullable=False))
    op.add_column("school", sa.Column("looks_for", sa.String(), server_default="", nullable=False))
    op.add_column("school", sa.Column("found_by", sa.String(), nullable=True))
    op.add_column("school", sa.Column("version", sa.Integer(), server_default="1", nullable=False))
    op.create_index("ix_school_branch_of", "school", ["branch_of"], unique=False)
    op.create_index("ix_school_country_id", "school", ["country", "id"], unique=False)
    op.create_index(
        "ix_school_found_by",
        "school",
        ["found_by"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"found_by": "gin_trgm_ops"},
    )
    op.create_foreign_key(op.f("fk_school_branch_of_school"), "school", "school", ["branch_of"], ["id"])
    op.create_check_constraint("whole_place", "school", "(latitude IS NULL) = (longitude IS NULL)")
    op.create_check_constraint("branch_of_another", "school", "branch_of <> id")
    # The version before changes names and knows nothing of how they are found: the hourly chore does it anew then.
    op.execute("""
create function school_found_anew() returns trigger language plpgsql as $$ begin
  if (new.name, new.town, new.country) is distinct from (old.name, old.town, old.country)
    and new.found_by is not distinct from old.found_by then new.found_by := null; end if;
  return new;
end $$""")
    op.execute(
        "create trigger school_found_anew before update on school for each row execute function school_found_anew()"
    )
