"""Actions, targets and benchmarks. Of actions rows are only ever added.

Revision: 0013, after 0012
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns, insert_only

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSERT_ONLY = ("action", "action_event", "action_unit")


def upgrade() -> None:
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_action_questionnaire_id_questionnaire")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    op.create_table(
        "action_event",
        sa.Column("action_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("why", sa.String(length=500), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("question_code", sa.String(length=96), nullable=False),
        sa.Column("metric", sa.String(length=24), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("responsible", sa.String(length=120), nullable=False),
        sa.Column("direction", sa.String(length=4), nullable=False),
        sa.Column("expected", sa.String(length=500), nullable=False),
        sa.CheckConstraint("kind IN ('registered', 'amended', 'stopped')", name=op.f("ck_action_event_kind_known")),
        sa.CheckConstraint("direction IN ('up', 'down')", name=op.f("ck_action_event_direction_known")),
        sa.CheckConstraint("metric IN ('csat', 'nps', 'ces', 'mean', 'mean_100')", name=op.f("ck_action_event_metric_known")),
        sa.CheckConstraint('number >= 1', name=op.f("ck_action_event_number_least")),
        sa.CheckConstraint("(number = 1) = (kind = 'registered')", name=op.f("ck_action_event_first_registers")),
        sa.CheckConstraint("kind = 'registered' OR length(why) > 0", name=op.f("ck_action_event_why_given")),
        sa.CheckConstraint("starts_on BETWEEN '2000-01-01' AND '2099-12-31'", name=op.f("ck_action_event_starts_on_range")),
        sa.CheckConstraint('length(why) <= 500', name=op.f("ck_action_event_why_length")),
        sa.CheckConstraint('length(title) <= 120', name=op.f("ck_action_event_title_length")),
        sa.CheckConstraint('length(question_code) <= 96', name=op.f("ck_action_event_question_code_length")),
        sa.CheckConstraint('length(responsible) <= 120', name=op.f("ck_action_event_responsible_length")),
        sa.CheckConstraint('length(expected) <= 500', name=op.f("ck_action_event_expected_length")),
        sa.ForeignKeyConstraint(["action_id"], ["action.id"], name=op.f("fk_action_event_action_id_action")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_action_event_by_id_user_account")),
        sa.PrimaryKeyConstraint("action_id", "number", name=op.f("pk_action_event")),
    )
    op.create_table(
        "action_unit",
        sa.Column("action_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.CheckConstraint("part IN ('acts', 'compares')", name=op.f("ck_action_unit_part_known")),
        sa.ForeignKeyConstraint(["action_id", "number"], ["action_event.action_id", "action_event.number"], name=op.f("fk_action_unit_action_id_number_action_event")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_action_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("action_id", "number", "unit_id", name=op.f("pk_action_unit")),
    )
    op.create_index("ix_action_unit_unit_id", "action_unit", ["unit_id"])
    op.create_table(
        "target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("questionnaire_id", sa.Integer(), nullable=False),
        sa.Column("question_code", sa.String(length=96), nullable=False),
        sa.Column("metric", sa.String(length=24), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("set_at", columns.Instant(), nullable=False),
        sa.Column("set_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("metric IN ('csat', 'nps', 'ces', 'mean', 'mean_100')", name=op.f("ck_target_metric_known")),
        sa.CheckConstraint("CASE metric WHEN 'nps' THEN value BETWEEN -100 AND 100 WHEN 'ces' THEN value BETWEEN 1 AND 7 WHEN 'mean' THEN value BETWEEN -1000000 AND 1000000 ELSE value BETWEEN 0 AND 100 END", name=op.f("ck_target_value_range")),
        sa.CheckConstraint('valid_to >= valid_from', name=op.f("ck_target_dates_in_order")),
        sa.CheckConstraint('length(question_code) <= 96', name=op.f("ck_target_question_code_length")),
        sa.ForeignKeyConstraint(["questionnaire_id"], ["questionnaire.id"], name=op.f("fk_target_questionnaire_id_questionnaire")),
        sa.ForeignKeyConstraint(["set_by_id"], ["user_account.id"], name=op.f("fk_target_set_by_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_target_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint("unit_id", "questionnaire_id", "question_code", "metric", "valid_from", name=op.f("uq_target_begin")),
    )
    op.create_index("ix_target_questionnaire_id", "target", ["questionnaire_id"])
    op.create_table(
        "benchmark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=96), nullable=False),
        sa.Column("metric", sa.String(length=24), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("low", sa.Double(), nullable=True),
        sa.Column("high", sa.Double(), nullable=True),
        sa.Column("n", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("measured_on", sa.Date(), nullable=False),
        sa.Column("population", sa.String(length=200), nullable=False),
        sa.Column("imported_at", columns.Instant(), nullable=False),
        sa.Column("imported_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("metric IN ('csat', 'nps', 'ces', 'mean', 'mean_100')", name=op.f("ck_benchmark_metric_known")),
        sa.CheckConstraint("CASE metric WHEN 'nps' THEN value BETWEEN -100 AND 100 WHEN 'ces' THEN value BETWEEN 1 AND 7 WHEN 'mean' THEN value BETWEEN -1000000 AND 1000000 ELSE value BETWEEN 0 AND 100 END", name=op.f("ck_benchmark_value_range")),
        sa.CheckConstraint('(low IS NULL) = (high IS NULL)', name=op.f("ck_benchmark_interval_whole")),
        sa.CheckConstraint('low <= value AND value <= high', name=op.f("ck_benchmark_interval_order")),
        sa.CheckConstraint('n >= 1', name=op.f("ck_benchmark_n_least")),
        sa.CheckConstraint('length(code) <= 96', name=op.f("ck_benchmark_code_length")),
        sa.CheckConstraint('length(source) <= 200', name=op.f("ck_benchmark_source_length")),
        sa.CheckConstraint('length(population) <= 200', name=op.f("ck_benchmark_population_length")),
        sa.ForeignKeyConstraint(["imported_by_id"], ["user_account.id"], name=op.f("fk_benchmark_imported_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_benchmark")),
        sa.UniqueConstraint("code", "metric", "source", "measured_on", "population", name=op.f("uq_benchmark_figure")),
    )
    tables = sa.MetaData()
    tables.reflect(op.get_bind(), only=INSERT_ONLY)
    for name in INSERT_ONLY:
        insert_only.insert_only(tables.tables[name], op.get_bind())


def downgrade() -> None:
    for table in ("benchmark", "target", *reversed(INSERT_ONLY)):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(insert_only.POSTGRESQL_DROPPED)
