"""proposals and voices

Revision ID: 92c6372317b8
Revises: a5017a3daa1b
"""

import sqlalchemy as sa
import sqlmodel
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "92c6372317b8"
down_revision = "a5017a3daa1b"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "decision_rule",
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column(
            "process",
            sa.Enum(
                "questions",
                "mood",
                "consent",
                "majority",
                "dots",
                "still_holds",
                name="process",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column(
            "counted",
            sa.Enum("person", "school", name="counted", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("needs_each_school", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["cluster.id"],
        ),
        sa.PrimaryKeyConstraint("cluster_id"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cluster_id", sa.Uuid(), nullable=False),
        sa.Column(
            "matter",
            sa.Enum(
                "agreement",
                "date",
                "school",
                "plan",
                "decision_rule",
                name="matter",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("title", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("options", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("details", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("about", sqlmodel.sql.sqltypes.AutoString(), nullable=True),
        sa.Column(
            "counted",
            sa.Enum("person", "school", name="counted", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("needs_each_school", sa.Boolean(), nullable=False),
        sa.Column("asks_again_on", sa.Date(), nullable=True),
        sa.Column(
            "state",
            sa.Enum(
                "open",
                "decided",
                "not_decided",
                "taken_back",
                "ended",
                name="proposalstate",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("chosen", sa.Integer(), nullable=True),
        sa.Column(
            "deed",
            sa.Enum("nothing", "done", "failed", name="deed", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("deed_problem", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("running_until", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["cluster_id"],
            ["cluster.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_proposal_cluster_id_id", "proposal", ["cluster_id", "id"], unique=False)
    op.create_index(op.f("ix_proposal_proposed_by"), "proposal", ["proposed_by"], unique=False)
    op.create_index(
        "ix_proposal_running",
        "proposal",
        ["cluster_id"],
        unique=False,
        postgresql_where=sa.text("running_until IS NOT NULL"),
    )
    op.create_index(
        "uq_proposal_open_about",
        "proposal",
        ["cluster_id", "about"],
        unique=True,
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "proposal_round",
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "process",
            sa.Enum(
                "questions",
                "mood",
                "consent",
                "majority",
                "dots",
                "still_holds",
                name="process",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("begins_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
        ),
        sa.PrimaryKeyConstraint("proposal_id", "number"),
    )
    op.create_index(
        "ix_proposal_round_uncounted",
        "proposal_round",
        ["ends_at"],
        unique=False,
        postgresql_where=sa.text("counted_at IS NULL"),
    )
    op.create_index(
        "ix_proposal_round_untold",
        "proposal_round",
        ["begins_at"],
        unique=False,
        postgresql_where=sa.text("told_at IS NULL"),
    )
    op.create_table(
        "voice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "says",
            sa.Enum(
                "question",
                "clear",
                "good",
                "so_so",
                "bad",
                "yes",
                "no",
                "concern",
                "aside",
                "dots",
                "holds",
                "change",
                "done",
                name="says",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("reason", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("dots", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_voice_person_id"), "voice", ["person_id"], unique=False)
    op.create_index("ix_voice_proposal_id_id", "voice", ["proposal_id", "id"], unique=False)
    op.create_index(
        "uq_voice_live",
        "voice",
        ["proposal_id", "round", "person_id"],
        unique=True,
        postgresql_where=sa.text("changed_at IS NULL"),
    )
    op.create_table(
        "voice_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("voice_id", sa.Uuid(), nullable=False),
        sa.Column("text", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("language", sqlmodel.sql.sqltypes.AutoString(), nullable=False),
        sa.Column("written_by", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["voice_id"],
            ["voice.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_voice_answer_voice_id_id", "voice_answer", ["voice_id", "id"], unique=False)
    op.create_index(op.f("ix_voice_answer_written_by"), "voice_answer", ["written_by"], unique=False)
