"""Reports of a period with the counts behind them.

Revision: 0016, after 0015
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("scope_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("snapshot", columns.Document, nullable=False),
        sa.Column("identity", sa.String(length=64), nullable=False),
        sa.Column("stage", sa.String(length=10), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("leased_until", columns.Instant(), nullable=True),
        sa.Column("pdf", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("locale IN ('zh_Hans', 'zh_Hant', 'en')", name=op.f("ck_report_locale_known")),
        sa.CheckConstraint("stage IN ('waiting', 'done', 'failed', 'impossible')", name=op.f("ck_report_stage_known")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_report_days")),
        sa.CheckConstraint("length(identity) = 64", name=op.f("ck_report_identity_length")),
        sa.CheckConstraint("attempts >= 0", name=op.f("ck_report_attempts_least")),
        sa.CheckConstraint("(stage = 'done') = (pdf IS NOT NULL)", name=op.f("ck_report_done_with_pdf")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_report_questionnaire_id_questionnaire")),
        sa.ForeignKeyConstraint(["version_id"], ["questionnaire_version.id"], name=op.f("fk_report_version_id_questionnaire_version")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_report_unit_id_unit")),
        sa.ForeignKeyConstraint(["scope_id"], ["unit.id"], name=op.f("fk_report_scope_id_unit")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_report_made_by_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index("ix_report_made_at", "report", ["made_at"])


def downgrade() -> None:
    op.drop_table("report")
