"""New themes: phrases on the rise that no topic covers, and those that people hid.

Revision: 0033, after 0032
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None

LANGUAGES = "language IN ('en', 'zh')"


def _least(table: str, *names: str) -> list[sa.CheckConstraint]:
    return [sa.CheckConstraint(f"{name} >= 0", name=op.f(f"ck_{table}_{name}_least")) for name in names]


def _between(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"{name} BETWEEN 0 AND 1", name=op.f(f"ck_theme_{name}_range"))


def upgrade() -> None:
    op.create_table(
        "theme_search",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("asked_at", columns.Instant(), nullable=True),
        sa.Column("made_at", columns.Instant(), nullable=True),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("n_before", sa.Integer(), nullable=False),
        sa.Column("tested", sa.Integer(), nullable=False),
        sa.Column("selected", sa.Integer(), nullable=False),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_theme_search_language_known")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_theme_search_days")),
        *_least("theme_search", "n", "n_before", "tested", "selected"),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_theme_search_questionnaire_id_questionnaire")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme_search")),
        sa.UniqueConstraint("questionnaire_id", "language", name=op.f("uq_theme_search_questionnaire_id_language")),
    )
    op.create_table(
        "theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("search_id", sa.Integer(), nullable=False),
        sa.Column("phrase", sa.String(length=60), nullable=False),
        sa.Column("written", sa.String(length=120), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("count_before", sa.Integer(), nullable=False),
        sa.Column("p", sa.Double(), nullable=False),
        sa.Column("p_adjusted", sa.Double(), nullable=False),
        sa.Column("comments", columns.Document, nullable=False),
        *_least("theme", "count", "count_before"),
        _between("p"),
        _between("p_adjusted"),
        sa.CheckConstraint("length(phrase) <= 60", name=op.f("ck_theme_phrase_length")),
        sa.CheckConstraint("length(written) <= 120", name=op.f("ck_theme_written_length")),
        sa.ForeignKeyConstraint(["search_id"], ["theme_search.id"], name=op.f("fk_theme_search_id_theme_search")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_theme")),
    )
    op.create_index(op.f("ix_theme_search_id"), "theme", ["search_id"])
    op.create_table(
        "hidden_theme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("phrase", sa.String(length=60), nullable=False),
        sa.Column("hidden_at", columns.Instant(), nullable=False),
        sa.Column("hidden_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(LANGUAGES, name=op.f("ck_hidden_theme_language_known")),
        sa.CheckConstraint("length(phrase) <= 60", name=op.f("ck_hidden_theme_phrase_length")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_hidden_theme_questionnaire_id_questionnaire")),
        sa.ForeignKeyConstraint(["hidden_by_id"], ["user_account.id"], name=op.f("fk_hidden_theme_hidden_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hidden_theme")),
        sa.UniqueConstraint("questionnaire_id", "language", "phrase", name=op.f("uq_hidden_theme_questionnaire_id_language_phrase")),
    )


def downgrade() -> None:
    op.drop_table("hidden_theme")
    op.drop_table("theme")
    op.drop_table("theme_search")
