"""Cases: files, events, texts beside them, units that help, evidence and the tree of causes.

Revision: 0021, after 0020
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns, insert_only

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("case_cause", "case_file", "case_event", "case_unit", "case_evidence", "case_text", "case_response")


def upgrade() -> None:
    op.create_table(
        "case_cause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("names", columns.Document, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("ended_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["case_cause.id"], name=op.f("fk_case_cause_parent_id_case_cause")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_cause")),
    )
    op.create_index(op.f("ix_case_cause_parent_id"), "case_cause", ["parent_id"], unique=False)
    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("severity", sa.String(length=12), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("reasons", columns.Document, nullable=False),
        sa.Column("responses", sa.Integer(), nullable=False),
        sa.Column("opened_at", columns.Instant(), nullable=False),
        sa.Column("changed_at", columns.Instant(), nullable=False),
        sa.Column("events_count", sa.Integer(), nullable=False),
        sa.Column("due_at", columns.Instant(), nullable=False),
        sa.Column("due_acknowledge_at", columns.Instant(), nullable=True),
        sa.Column("due_contact_at", columns.Instant(), nullable=True),
        sa.Column("due_resolve_at", columns.Instant(), nullable=True),
        sa.Column("warned_acknowledge", sa.Boolean(), nullable=False),
        sa.Column("warned_contact", sa.Boolean(), nullable=False),
        sa.Column("warned_resolve", sa.Boolean(), nullable=False),
        sa.Column("acknowledged_at", columns.Instant(), nullable=True),
        sa.Column("acknowledged_by_id", sa.Uuid(), nullable=True),
        sa.Column("contacted_at", columns.Instant(), nullable=True),
        sa.Column("waiting_since", columns.Instant(), nullable=True),
        sa.Column("waiting_until", columns.Instant(), nullable=True),
        sa.Column("resolved_at", columns.Instant(), nullable=True),
        sa.Column("resolved_by_id", sa.Uuid(), nullable=True),
        sa.Column("verified_at", columns.Instant(), nullable=True),
        sa.Column("closed_at", columns.Instant(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("told_how", sa.String(length=16), nullable=True),
        sa.Column("cause_id", sa.Integer(), nullable=True),
        sa.Column("contact_problem", sa.String(length=8), nullable=True),
        sa.Column("escalations", sa.Integer(), nullable=False),
        sa.Column("reopenings", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("appeal", sa.String(length=8), nullable=True),
        sa.Column("merged_into_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("ck_case_file_closed_when_closed")
        ),
        sa.CheckConstraint(
            "appeal IN ('pending', 'upheld', 'rejected')", name=op.f("ck_case_file_appeal_known")
        ),
        sa.CheckConstraint(
            "contact_problem IN ('missing', 'wrong')", name=op.f("ck_case_file_contact_problem_known")
        ),
        sa.CheckConstraint("kind IN ('feedback', 'analysis', 'drill')", name=op.f("ck_case_file_kind_known")),
        sa.CheckConstraint(
            "severity IN ('serious', 'ordinary', 'attention')", name=op.f("ck_case_file_severity_known")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'notified', 'acknowledged', 'in_progress', 'waiting', 'resolved', 'verified', 'closed', 'reopened')",
            name=op.f("ck_case_file_state_known"),
        ),
        sa.CheckConstraint("escalations >= 0", name=op.f("ck_case_file_escalations_least")),
        sa.CheckConstraint("events_count >= 0", name=op.f("ck_case_file_events_count_least")),
        sa.CheckConstraint("length(public_id) <= 12", name=op.f("ck_case_file_public_id_length")),
        sa.CheckConstraint("length(told_how) <= 16", name=op.f("ck_case_file_told_how_length")),
        sa.CheckConstraint("priority BETWEEN 0 AND 3", name=op.f("ck_case_file_priority_range")),
        sa.CheckConstraint("reopenings >= 0", name=op.f("ck_case_file_reopenings_least")),
        sa.CheckConstraint("responses >= 0", name=op.f("ck_case_file_responses_least")),
        sa.CheckConstraint("satisfaction BETWEEN 1 AND 5", name=op.f("ck_case_file_satisfaction_range")),
        sa.CheckConstraint("tier >= 0", name=op.f("ck_case_file_tier_least")),
        sa.CheckConstraint(
            "warned_acknowledge IN (true, false)", name=op.f("ck_case_file_warned_acknowledge_known")
        ),
        sa.CheckConstraint("warned_contact IN (true, false)", name=op.f("ck_case_file_warned_contact_known")),
        sa.CheckConstraint("warned_resolve IN (true, false)", name=op.f("ck_case_file_warned_resolve_known")),
        sa.ForeignKeyConstraint(
            ["acknowledged_by_id"],
            ["user_account.id"],
            name=op.f("fk_case_file_acknowledged_by_id_user_account"),
        ),
        sa.ForeignKeyConstraint(
            ["cause_id"], ["case_cause.id"], name=op.f("fk_case_file_cause_id_case_cause")
        ),
        sa.ForeignKeyConstraint(
            ["merged_into_id"], ["case_file.id"], name=op.f("fk_case_file_merged_into_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["user_account.id"], name=op.f("fk_case_file_owner_id_user_account")
        ),
        sa.ForeignKeyConstraint(
            ["resolved_by_id"], ["user_account.id"], name=op.f("fk_case_file_resolved_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_file_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint("public_id", name=op.f("uq_case_file_public_id")),
    )
    op.create_index(op.f("ix_case_file_cause_id"), "case_file", ["cause_id"], unique=False)
    op.create_index("ix_case_file_changed", "case_file", ["changed_at"], unique=False)
    op.create_index(
        "ix_case_file_due",
        "case_file",
        ["due_at", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index(op.f("ix_case_file_merged_into_id"), "case_file", ["merged_into_id"], unique=False)
    op.create_index("ix_case_file_opened", "case_file", ["opened_at", "id"], unique=False)
    op.create_index(
        "ix_case_file_owner_due",
        "case_file",
        ["owner_id", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_case_file_owner_opened", "case_file", ["owner_id", "opened_at", "id"], unique=False)
    op.create_index(
        "ix_case_file_unit_due",
        "case_file",
        ["unit_id", "due_at", "id"],
        unique=False,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_index("ix_case_file_unit_opened", "case_file", ["unit_id", "opened_at", "id"], unique=False)
    op.create_table(
        "case_event",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("party", sa.String(length=8), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("details", columns.Document, nullable=False),
        sa.CheckConstraint("(number = 1) = (kind = 'opened')", name=op.f("ck_case_event_first_opens")),
        sa.CheckConstraint("(party = 'user') = (by_id IS NOT NULL)", name=op.f("ck_case_event_user_named")),
        sa.CheckConstraint(
            "kind IN ('opened', 'joined', 'notified', 'acknowledged', 'assigned', 'started', 'contact', 'waiting', 'resumed', 'resolved', 'verified', 'told', 'closed', 'reopened', 'merged', 'involved', 'appealed', 'decided', 'prioritised', 'evidence', 'note', 'message', 'rated', 'warned', 'escalated', 'sent', 'failed')",
            name=op.f("ck_case_event_kind_known"),
        ),
        sa.CheckConstraint("party IN ('user', 'system', 'customer')", name=op.f("ck_case_event_party_known")),
        sa.CheckConstraint("length(channel) <= 16", name=op.f("ck_case_event_channel_length")),
        sa.CheckConstraint("number >= 1", name=op.f("ck_case_event_number_least")),
        sa.ForeignKeyConstraint(
            ["by_id"], ["user_account.id"], name=op.f("fk_case_event_by_id_user_account")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_event_case_id_case_file")),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_event")),
    )
    op.create_table(
        "case_unit",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("since", columns.Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_unit_case_id_case_file")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_unit_unit_id_unit")),
        sa.PrimaryKeyConstraint("case_id", "unit_id", name=op.f("pk_case_unit")),
    )
    op.create_index(op.f("ix_case_unit_unit_id"), "case_unit", ["unit_id"], unique=False)
    op.create_table(
        "case_evidence",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=24), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(media_type) <= 24", name=op.f("ck_case_evidence_media_type_length")),
        sa.CheckConstraint("length(name) <= 120", name=op.f("ck_case_evidence_name_length")),
        sa.CheckConstraint("size >= 1", name=op.f("ck_case_evidence_size_least")),
        sa.ForeignKeyConstraint(
            ["case_id", "number"],
            ["case_event.case_id", "case_event.number"],
            name=op.f("fk_case_evidence_case_id_number_case_event"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_evidence")),
    )
    op.create_index("ix_case_evidence_event", "case_evidence", ["case_id", "number"], unique=False)
    op.create_table(
        "case_text",
        sa.Column("case_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id", "number"],
            ["case_event.case_id", "case_event.number"],
            name=op.f("fk_case_text_case_id_number_case_event"),
        ),
        sa.PrimaryKeyConstraint("case_id", "number", name=op.f("pk_case_text")),
    )
    op.create_table(
        "case_response",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("running", sa.Boolean(), nullable=False),
        sa.CheckConstraint("running IN (true, false)", name=op.f("ck_case_response_running_known")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_response_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["response_id"], ["response.id"], name=op.f("fk_case_response_response_id_response")
        ),
        sa.PrimaryKeyConstraint("case_id", "response_id", name=op.f("pk_case_response")),
    )
    op.create_index("ix_case_response_response_id", "case_response", ["response_id"], unique=False)
    op.create_index(
        "ix_case_response_running",
        "case_response",
        ["response_id"],
        unique=True,
        sqlite_where=sa.text("running"),
        postgresql_where=sa.text("running"),
    )
    tables = sa.MetaData()
    tables.reflect(op.get_bind(), only=("case_event",))
    insert_only.insert_only(tables.tables["case_event"], op.get_bind())


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
