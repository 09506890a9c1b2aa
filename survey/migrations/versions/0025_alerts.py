"""Rules of alerts, whose rows are only ever added, and what they found.

Revision: 0025, after 0024
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns, insert_only

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

INSERT_ONLY = ("alert_rule", "alert_rule_event")


def upgrade() -> None:
    op.create_table("alert_rule",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("written_at", columns.Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert_rule"))
    )
    op.create_table("alert_rule_event",
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("names", columns.Document, nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=12), nullable=False),
        sa.Column("terms", columns.Document, nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.Column("most_days", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("(number = 1) = (kind = 'written')", name=op.f("ck_alert_rule_event_first_writes")),
        sa.CheckConstraint("kind IN ('written', 'changed', 'switched_on', 'switched_off')", name=op.f("ck_alert_rule_event_kind_known")),
        sa.CheckConstraint("severity IN ('serious', 'ordinary', 'attention')", name=op.f("ck_alert_rule_event_severity_known")),
        sa.CheckConstraint("active IN (true, false)", name=op.f("ck_alert_rule_event_active_known")),
        sa.CheckConstraint("most >= 1", name=op.f("ck_alert_rule_event_most_least")),
        sa.CheckConstraint("most_days >= 1", name=op.f("ck_alert_rule_event_most_days_least")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_alert_rule_event_number_least")),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_alert_rule_event_dates_in_order")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_alert_rule_event_by_id_user_account")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_alert_rule_event_questionnaire_id_questionnaire")),
        sa.ForeignKeyConstraint(["rule_id"], ["alert_rule.id"], name=op.f("fk_alert_rule_event_rule_id_alert_rule")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_alert_rule_event_unit_id_unit")),
        sa.PrimaryKeyConstraint("rule_id", "number", name=op.f("pk_alert_rule_event"))
    )
    op.create_table("alert",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rule_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("severity", sa.String(length=12), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("signal", sa.String(length=120), nullable=True),
        sa.Column("reasons", columns.Document, nullable=True),
        sa.CheckConstraint("severity IN ('serious', 'ordinary', 'attention')", name=op.f("ck_alert_severity_known")),
        sa.CheckConstraint("held IN (true, false)", name=op.f("ck_alert_held_known")),
        sa.CheckConstraint("length(signal) <= 120", name=op.f("ck_alert_signal_length")),
        sa.ForeignKeyConstraint(["rule_id", "number"], ["alert_rule_event.rule_id", "alert_rule_event.number"], name=op.f("fk_alert_rule_id_number_alert_rule_event")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_alert_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alert")),
        sqlite_with_rowid=False
    )
    op.create_index("ix_alert_page", "alert", ["raised_on", "id"], unique=False)
    op.create_index("ix_alert_rule", "alert", ["rule_id", "unit_id", "raised_on"], unique=False)
    op.create_index("ix_alert_unit", "alert", ["unit_id", "raised_on", "id"], unique=False)
    op.create_index("uq_alert_signal", "alert", ["rule_id", "signal"], unique=True)
    op.create_table("alert_match",
        sa.Column("rule_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("reasons", columns.Document, nullable=False),
        sa.Column("alert_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_match_alert_id_alert")),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_alert_match_response_id_response")),
        sa.ForeignKeyConstraint(["rule_id"], ["alert_rule.id"], name=op.f("fk_alert_match_rule_id_alert_rule")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_alert_match_unit_id_unit")),
        sa.PrimaryKeyConstraint("rule_id", "response_id", name=op.f("pk_alert_match")),
        sqlite_with_rowid=False
    )
    op.create_index("ix_alert_match_alert", "alert_match", ["alert_id"], unique=False)
    op.create_index("ix_alert_match_burst", "alert_match", ["rule_id", "unit_id", "happened_on"], unique=False)
    op.create_index("ix_alert_match_response", "alert_match", ["response_id"], unique=False)
    tables = sa.MetaData()
    tables.reflect(op.get_bind(), only=INSERT_ONLY)
    for name in INSERT_ONLY:
        insert_only.insert_only(tables.tables[name], op.get_bind())


def downgrade() -> None:
    for table in ("alert_match", "alert", *reversed(INSERT_ONLY)):
        op.drop_table(table)
