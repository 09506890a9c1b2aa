"""What comments are about, with what they were read, and an organisation's own topics and terms.

What is stored is read anew afterwards, by the worker: its reader is older than any.

Revision: 0027, after 0026
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

WHO = ("made_by", "ended_by")


def upgrade() -> None:
    _comment()
    _comment_topic()
    op.create_table(
        "reader",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("details", columns.Document, nullable=False),
        sa.Column("began_at", columns.Instant(), nullable=False),
        sa.CheckConstraint("length(fingerprint) IN (0, 32)", name=op.f("ck_reader_fingerprint_length")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reader")),
    )
    _own()


def _comment() -> None:
    op.add_column("comment", sa.Column("confidence", sa.Double(), nullable=False, server_default="0"))
    op.add_column("comment", sa.Column("topic_method", sa.String(length=48), nullable=False, server_default=""))
    op.add_column("comment", sa.Column("spans", columns.Document, nullable=True))
    op.add_column("comment", sa.Column("reader_id", sa.Integer(), nullable=False, server_default="0"))
    op.create_index("ix_comment_reader", "comment", ["reader_id", "response_id"])


def _comment_topic() -> None:
    refers = {"response_id": "response", "questionnaire_id": "questionnaire", "unit_id": "unit"}
    op.create_table(
        "comment_topic",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(length=96), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("subtopic", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=12), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=False),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_comment_topic_{name}_{table}"))
            for name, table in refers.items()
        ),
        sa.CheckConstraint(
            "label IN ('negative', 'neutral', 'positive', 'undecided')", name=op.f("ck_comment_topic_label_known")
        ),
        sa.CheckConstraint("score BETWEEN -1 AND 1", name=op.f("ck_comment_topic_score_range")),
        *(
            sa.CheckConstraint(f"length({name}) <= {most}", name=op.f(f"ck_comment_topic_{name}_length"))
            for name, most in (("question_code", 96), ("topic", 40), ("subtopic", 40))
        ),
        sa.PrimaryKeyConstraint("response_id", "question_code", "topic", "subtopic", name=op.f("pk_comment_topic")),
        sqlite_with_rowid=False,
    )
    key = ["questionnaire_id", "topic", "subtopic", "submitted_on", "response_id"]
    op.create_index("ix_comment_topic_page", "comment_topic", key)


def _own() -> None:
    op.create_table(
        "own_topic",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("names", columns.Document, nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.CheckConstraint("length(code) <= 40", name=op.f("ck_own_topic_code_length")),
        sa.ForeignKeyConstraint(["made_by"], ["user_account.id"], name=op.f("fk_own_topic_made_by_user_account")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_own_topic")),
    )
    op.create_table(
        "own_term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=81), nullable=False),
        sa.Column("term", sa.String(length=60), nullable=False),
        sa.Column("made_at", columns.Instant(), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.Column("ended_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint("length(code) <= 81", name=op.f("ck_own_term_code_length")),
        sa.CheckConstraint("length(term) <= 60", name=op.f("ck_own_term_term_length")),
        sa.CheckConstraint("length(term) > 0", name=op.f("ck_own_term_term_given")),
        *(
            sa.ForeignKeyConstraint([name], ["user_account.id"], name=op.f(f"fk_own_term_{name}_user_account"))
            for name in WHO
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_own_term")),
    )


def downgrade() -> None:
    for table in ("own_term", "own_topic", "reader", "comment_topic"):
        op.drop_table(table)
    for table in ("tally", "kept_count"):
        op.execute(f"DELETE FROM {table} WHERE value LIKE 'about:%' OR value LIKE 'with:%'")  # noqa: S608 constants only
    op.drop_index("ix_comment_reader", "comment")
    for name in ("confidence", "topic_method", "spans", "reader_id"):
        op.drop_column("comment", name)
