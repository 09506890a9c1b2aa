"""What is kept how long, what was removed, and the words that were agreed to.

Revision: 0005, after 0004
"""

import sqlalchemy as sa
from alembic import op

from survey.migrations.tables import changed
from survey.models import columns, guards

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEPT = ("responses_kept_months", "comments_kept_months")


def upgrade() -> None:
    for name in KEPT:  # a column with its CHECK, which SQLite adds without making the table anew
        op.execute(
            f"ALTER TABLE questionnaire ADD COLUMN {name} INTEGER "
            f"CONSTRAINT ck_questionnaire_{name} CHECK ({name} BETWEEN 1 AND 600)"
        )
    op.add_column("response", sa.Column("consent_hash", sa.String(length=32), nullable=True))
    op.add_column(
        "invitation_batch",
        sa.Column("shuffled_used", sa.Integer(), server_default="0", nullable=False),
    )
    op.create_table(
        "kept_count",
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("series_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service_type_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=64), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "counted_on", "series_id", "unit_id", "service_type_id", "channel", "locale", "value",
            name=op.f("pk_kept_count"),
        ),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "erased",
        sa.Column("idempotency_key", sa.String(length=96), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("erased_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["questionnaire_version.id"],
            name=op.f("fk_erased_version_id_questionnaire_version"),
        ),
        sa.PrimaryKeyConstraint("idempotency_key", name=op.f("pk_erased")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_erased_version", "erased", ["version_id", "erased_on"], unique=False)
    op.create_table(
        "upkeep",
        sa.Column("name", sa.String(length=24), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("leased_until", columns.Instant(), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_upkeep")),
    )
    _forget_days()


def _forget_days() -> None:
    """The day on which an anonymous invitation was used is no longer kept."""
    lite = op.get_bind().dialect.name == "sqlite"
    anonymous = (
        "coalesce(json_extract(v.definition, '$.privacy.anonymous'), 1)"
        if lite
        else "coalesce((v.definition->'privacy'->>'anonymous')::boolean, true)"
    )
    op.execute(
        "UPDATE invitation SET used_at = created_at WHERE used_at IS NOT NULL AND questionnaire_id IN ("
        f"SELECT v.questionnaire_id FROM questionnaire_version v WHERE {anonymous})"
    )


def downgrade() -> None:
    guards.remove(op.get_bind())
    op.drop_table("upkeep")
    op.drop_index("ix_erased_version", table_name="erased")
    op.drop_table("erased")
    op.drop_table("kept_count")
    op.drop_column("invitation_batch", "shuffled_used")
    op.drop_column("response", "consent_hash")
    with changed("questionnaire") as batch:
        for name in KEPT:
            batch.drop_constraint(op.f(f"ck_questionnaire_{name}"), type_="check")
            batch.drop_column(name)
