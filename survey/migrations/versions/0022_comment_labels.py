"""Labels of comments given by people.

Revision: 0022, after 0021
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

LABELS = "('negative', 'neutral', 'positive', 'no_content', 'undecided')"


def upgrade() -> None:
    op.create_table(
        "comment_label",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(length=96), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("label", sa.String(length=12), nullable=False),
        sa.Column("how", sa.String(length=12), nullable=False),
        sa.Column("read_label", sa.String(length=12), nullable=False),
        sa.Column("read_score", sa.Double(), nullable=False),
        sa.Column("read_method", sa.String(length=48), nullable=False),
        sa.Column("undone_at", columns.Instant(), nullable=True),
        sa.CheckConstraint(f"label IN {LABELS}", name=op.f("ck_comment_label_label_known")),
        sa.CheckConstraint(f"read_label IN {LABELS}", name=op.f("ck_comment_label_read_label_known")),
        sa.CheckConstraint(
            "how IN ('explorer', 'disagree', 'undecided', 'random', 'second')", name=op.f("ck_comment_label_how_known")
        ),
        sa.CheckConstraint("read_score BETWEEN -1 AND 1", name=op.f("ck_comment_label_read_score_range")),
        sa.CheckConstraint("length(question_code) <= 96", name=op.f("ck_comment_label_question_code_length")),
        sa.CheckConstraint("length(read_method) <= 48", name=op.f("ck_comment_label_read_method_length")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_comment_label_response_id_response")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_comment_label_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_label")),
    )
    op.create_index("ix_comment_label_of", "comment_label", ["response_id", "question_code", "id"])
    op.create_index(op.f("ix_comment_label_by_id"), "comment_label", ["by_id"])


def downgrade() -> None:
    op.drop_table("comment_label")
