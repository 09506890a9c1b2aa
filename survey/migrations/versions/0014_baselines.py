"""Baselines of control charts, frozen by named persons.

Revision: 0014, after 0013
"""

import sqlalchemy as sa
from alembic import op

from survey.models import append_only, columns

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "baseline",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("series_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("frozen_at", columns.Instant(), nullable=False),
        sa.Column("frozen_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_baseline_days")),
        sa.CheckConstraint("length(reason) BETWEEN 1 AND 300", name=op.f("ck_baseline_reason_length")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_baseline_questionnaire_id_questionnaire")
        ),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_baseline_series_id_series")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_baseline_unit_id_unit")),
        sa.ForeignKeyConstraint(
            ["frozen_by"], ["user_account.id"], name=op.f("fk_baseline_frozen_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_baseline")),
    )
    op.create_index("ix_baseline_of", "baseline", ["series_id", "unit_id"])
    for statement in append_only.row_keepers("baseline", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_baseline_of", "baseline")
    op.drop_table("baseline")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION baseline_refuse() CASCADE")
