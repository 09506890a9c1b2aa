"""What became of those who were to be asked, and known totals to weight to.

Revision: 0012, after 0011
"""

import sqlalchemy as sa
from alembic import op

from survey.migrations.tables import changed
from survey.models import append_only, columns

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

CHANNELS = "channel IN ('web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')"
REASONS = "reason IN ('twice', 'invited', 'unit', 'service_type', 'future', 'reference', 'when', 'language')"
FATES = "fate IN ('delivered', 'bounced', 'refused')"
MARGINS = "margin IN ('service_type', 'channel', 'locale', 'unit')"


def upgrade() -> None:
    with changed("invitation_batch") as batch:
        batch.add_column(sa.Column("given", sa.Integer(), nullable=True))
        batch.create_check_constraint(op.f("ck_invitation_batch_given_least"), "given >= 0")
    _of_batches("left_out", "reason", REASONS)
    _of_batches("delivery", "fate", FATES)
    _begun()
    _known_totals()


def _of_batches(table: str, what: str, known: str) -> None:
    op.create_table(
        table,
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service_type_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(what, sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(known, name=op.f(f"ck_{table}_{what}_known")),
        sa.CheckConstraint("count >= 0", name=op.f(f"ck_{table}_count_least")),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["invitation_batch.id"], name=op.f(f"fk_{table}_batch_id_invitation_batch")
        ),
        sa.PrimaryKeyConstraint("batch_id", "unit_id", "service_type_id", what, name=op.f(f"pk_{table}")),
    )


def _begun() -> None:
    key = ("questionnaire_id", "begun_on", "unit_id", "service_type_id", "channel")
    op.create_table(
        "begun",
        sa.Column("questionnaire_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("service_type_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.CheckConstraint(CHANNELS, name=op.f("ck_begun_channel_known")),
        sa.CheckConstraint("count >= 0", name=op.f("ck_begun_count_least")),
        sa.PrimaryKeyConstraint(*key, name=op.f("pk_begun")),
    )


def _known_totals() -> None:
    op.create_table(
        "known_totals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("margin", sa.String(length=16), nullable=False),
        sa.Column("totals", columns.Document, nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("entered_at", columns.Instant(), nullable=False),
        sa.Column("entered_by", sa.Uuid(), nullable=False),
        sa.CheckConstraint(MARGINS, name=op.f("ck_known_totals_margin_known")),
        sa.CheckConstraint("length(source) BETWEEN 1 AND 300", name=op.f("ck_known_totals_source_length")),
        sa.ForeignKeyConstraint(
            ["questionnaire_id"],
            ["questionnaire.id"],
            name=op.f("fk_known_totals_questionnaire_id_questionnaire"),
        ),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["user_account.id"], name=op.f("fk_known_totals_entered_by_user_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_totals")),
    )
    op.create_index("ix_known_totals_of", "known_totals", ["questionnaire_id", "margin"])
    for statement in append_only.row_keepers("known_totals", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.drop_index("ix_known_totals_of", "known_totals")
    op.drop_table("known_totals")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION known_totals_refuse() CASCADE")
    for table in ("begun", "delivery", "left_out"):
        op.drop_table(table)
    with changed("invitation_batch") as batch:
        batch.drop_constraint(op.f("ck_invitation_batch_given_least"), type_="check")
        batch.drop_column("given")
