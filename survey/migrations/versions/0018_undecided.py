"""A comment's sentiment may be undecided: something was said, but what is felt is not known.

Revision: 0018, after 0017
"""

from alembic import op

from survey.migrations.tables import add_checks, drop_checks

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

KNOWN = {"comment": {"label_known": "label IN ('negative', 'neutral', 'positive', 'no_content', 'undecided')"}}
BEFORE = {"comment": {"label_known": "label IN ('negative', 'neutral', 'positive', 'no_content')"}}
TALLIED = "said:undecided"
COUNTS = {
    "tally": ("series_id", "grain", "channel", "locale", "service_type_id", "period_on", "unit_id"),
    "kept_count": ("counted_on", "series_id", "unit_id", "service_type_id", "channel", "locale"),
}


def upgrade() -> None:
    drop_checks(BEFORE)
    add_checks(KNOWN)


def downgrade() -> None:
    """Undecided comments become those without content: they too stay out of every figure of sentiment."""
    op.execute("UPDATE comment SET label = 'no_content' WHERE label = 'undecided'")
    for table, key in COUNTS.items():
        _merge(table, key)
    drop_checks(KNOWN)
    add_checks(BEFORE)


def _merge(table: str, key: tuple[str, ...]) -> None:
    named = ", ".join(key)
    op.execute(
        f"INSERT INTO {table} ({named}, value, count) SELECT {named}, 'no_content', count FROM {table} "  # noqa: S608 constants only
        f"WHERE value = '{TALLIED}' ON CONFLICT ({named}, value) DO UPDATE SET count = {table}.count + excluded.count"
    )
    op.execute(f"DELETE FROM {table} WHERE value = '{TALLIED}'")  # noqa: S608
