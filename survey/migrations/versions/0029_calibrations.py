"""Models of sentiment that labels made, which of them reads, and how good readers were found to be.

Revision: 0029, after 0028
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

LANGUAGES = "language IN ('en', 'zh')"


def upgrade() -> None:
    op.create_table(
        "calibration",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", columns.Instant(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("leased_until", columns.Instant(), nullable=True),
        sa.Column("done_at", columns.Instant(), nullable=True),
        sa.Column("problem", sa.String(length=120), nullable=True),
        sa.Column("figures", columns.Document, nullable=True),
        sa.Column("learned_to", sa.Integer(), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("checksum", sa.String(length=64), nullable=True),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_calibration_language_known")),
        sa.CheckConstraint("(body IS NULL) = (checksum IS NULL)", name=op.f("ck_calibration_body_with_checksum")),
        sa.CheckConstraint("length(checksum) = 64", name=op.f("ck_calibration_checksum_length")),
        sa.CheckConstraint("length(problem) <= 120", name=op.f("ck_calibration_problem_length")),
        sa.ForeignKeyConstraint(["asked_by_id"], ["user_account.id"], name=op.f("fk_calibration_asked_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration")),
    )
    op.create_index("ix_calibration_language", "calibration", ["language", "id"])
    op.create_table(
        "chosen_reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("calibration_id", sa.Integer(), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_chosen_reader_language_known")),
        sa.CheckConstraint("why IN ('better', 'chosen', 'broken')", name=op.f("ck_chosen_reader_why_known")),
        sa.ForeignKeyConstraint(["calibration_id"], ["calibration.id"], name=op.f("fk_chosen_reader_calibration_id_calibration")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_chosen_reader_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_chosen_reader")),
    )
    op.create_index("ix_chosen_reader_language", "chosen_reader", ["language", "id"])
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("of", sa.String(length=64), nullable=False),
        sa.Column("figures", columns.Document, nullable=False),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_evaluation_language_known")),
        sa.CheckConstraint("length(of) <= 64", name=op.f("ck_evaluation_of_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
    )
    op.create_index("ix_evaluation_language", "evaluation", ["language", "id"])


def downgrade() -> None:
    op.drop_table("evaluation")
    op.drop_table("chosen_reader")
    op.drop_table("calibration")
