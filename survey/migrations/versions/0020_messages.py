"""Messages to people, and what they need: choices, endpoints, texts, settings of channels.

Revision: 0020, after 0019
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WAITING = sa.text("state = 'waiting'")
NOTICE = sa.text("channel = 'in_app' AND state = 'sent'")
LOCALES = "locale IN ('zh_Hans', 'zh_Hant', 'en')"


def upgrade() -> None:
    _endpoint()
    _message()
    op.create_index("ix_message_waiting", "message", ["retry_at"], sqlite_where=WAITING, postgresql_where=WAITING)
    op.create_index("ix_message_notice", "message", ["user_id", "sent_at"], sqlite_where=NOTICE, postgresql_where=NOTICE)
    op.create_index("ix_message_state", "message", ["state", "created_at"])
    op.create_index("ix_message_recipient", "message", ["recipient", "channel", "created_at"])
    op.create_table(
        "message_choice",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("wanted", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint("length(channel) <= 16", name=op.f("ck_message_choice_channel_length")),
        sa.CheckConstraint("wanted IN (true, false)", name=op.f("ck_message_choice_wanted_known")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_message_choice_user_id_user_account")),
        sa.PrimaryKeyConstraint("user_id", "channel", name=op.f("pk_message_choice")),
    )
    op.create_table(
        "message_stop",
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("told", sa.String(length=300), nullable=True),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.CheckConstraint("reason IN ('bounced', 'unsubscribed')", name=op.f("ck_message_stop_reason_known")),
        sa.CheckConstraint("length(recipient) <= 80", name=op.f("ck_message_stop_recipient_length")),
        sa.CheckConstraint("length(told) <= 300", name=op.f("ck_message_stop_told_length")),
        sa.PrimaryKeyConstraint("recipient", "channel", name=op.f("pk_message_stop")),
    )
    op.create_table(
        "message_text",
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.CheckConstraint(LOCALES, name=op.f("ck_message_text_locale_known")),
        sa.CheckConstraint("length(template) <= 64", name=op.f("ck_message_text_template_length")),
        sa.CheckConstraint("length(subject) <= 300", name=op.f("ck_message_text_subject_length")),
        sa.PrimaryKeyConstraint("template", "locale", name=op.f("pk_message_text")),
    )
    op.create_table(
        "channel_setting",
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("length(channel) <= 16", name=op.f("ck_channel_setting_channel_length")),
        sa.PrimaryKeyConstraint("channel", name=op.f("pk_channel_setting")),
    )


def _endpoint() -> None:
    op.create_table(
        "message_endpoint",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.CheckConstraint(LOCALES, name=op.f("ck_message_endpoint_locale_known")),
        sa.CheckConstraint("length(channel) <= 16", name=op.f("ck_message_endpoint_channel_length")),
        sa.CheckConstraint("length(name) <= 120", name=op.f("ck_message_endpoint_name_length")),
        sa.CheckConstraint("active IN (true, false)", name=op.f("ck_message_endpoint_active_known")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_message_endpoint_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_endpoint")),
    )


def _message() -> None:
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("cause", sa.String(length=160), nullable=False),
        sa.Column("recipient", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("endpoint_id", sa.Uuid(), nullable=True),
        sa.Column("template", sa.String(length=64), nullable=False),
        sa.Column("locale", sa.String(length=8), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("message_id", sa.String(length=160), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("created_at", columns.Instant(), nullable=False),
        sa.Column("retry_at", columns.Instant(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", columns.Instant(), nullable=True),
        sa.Column("read_at", columns.Instant(), nullable=True),
        sa.Column("failure", sa.String(length=300), nullable=True),
        sa.CheckConstraint(LOCALES, name=op.f("ck_message_locale_known")),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'dead', 'held')", name=op.f("ck_message_state_known")),
        sa.CheckConstraint("tries >= 0", name=op.f("ck_message_tries_least")),
        sa.CheckConstraint("(state = 'sent') = (sent_at IS NOT NULL)", name=op.f("ck_message_sent_at_known")),
        sa.CheckConstraint("length(cause) <= 160", name=op.f("ck_message_cause_length")),
        sa.CheckConstraint("length(recipient) <= 80", name=op.f("ck_message_recipient_length")),
        sa.CheckConstraint("length(failure) <= 300", name=op.f("ck_message_failure_length")),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"], name=op.f("fk_message_user_id_user_account")),
        sa.ForeignKeyConstraint(["endpoint_id"], ["message_endpoint.id"], name=op.f("fk_message_endpoint_id_message_endpoint")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
        sa.UniqueConstraint("cause", "recipient", "channel", name=op.f("uq_message_cause_recipient_channel")),
    )


def downgrade() -> None:
    for table in ("channel_setting", "message_text", "message_stop", "message_choice", "message", "message_endpoint"):
        op.drop_table(table)
