"""people introduce themselves and the programme has a logo

Revision ID: 998ab4772ee6
Revises: 57a1b5191276
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "998ab4772ee6"
down_revision = "57a1b5191276"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "card",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("subjects", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("languages", postgresql.ARRAY(sa.String()), server_default="{}", nullable=False),
        sa.Column("shows", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column(
            "subjects_for",
            sa.Enum(
                "coordinators",
                "school",
                "clusters",
                "everyone",
                name="subjects_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "shows_for",
            sa.Enum(
                "coordinators",
                "school",
                "clusters",
                "everyone",
                name="shows_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "portrait_for",
            sa.Enum(
                "coordinators",
                "school",
                "clusters",
                "everyone",
                name="portrait_for",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.create_table(
        "logo",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["number"], ["programme.number"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_table(
        "portrait",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("large", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["card.person_id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person_id"),
    )
    op.add_column(
        "person", sa.Column("title_before", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
    op.add_column(
        "person", sa.Column("title_after", sqlmodel.sql.sqltypes.AutoString(), server_default="", nullable=False)
    )
