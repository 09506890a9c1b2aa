"""What the database itself refuses: values that no enumeration has, counts below nothing, texts that are too long.

Revision: 0007, after 0006
"""

from survey.migrations.tables import add_checks, drop_checks

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

CHECKS = {
    "invitation_batch": {
        "channel_known": "channel IN ('web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')",
        "label_length": "length(label) <= 120",
        "shuffled_used_least": "shuffled_used >= 0",
    },
    "comment": {
        "channel_known": "channel IN ('web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')",
        "locale_known": "locale IN ('zh_Hans', 'zh_Hant', 'en')",
        "label_known": "label IN ('negative', 'neutral', 'positive', 'no_content')",
        "score_range": "score BETWEEN -1 AND 1",
        "text_hash_length": "length(text_hash) IN (0, 32)",
        "question_code_length": "length(question_code) <= 96",
    },
    "erased": {
        "idempotency_key_length": "length(idempotency_key) <= 96",
    },
    "import_run": {
        "phase_known": "phase IN ('checking', 'checked', 'importing', 'done', 'failed')",
        "rows_least": "rows >= 0",
        "rows_read_least": "rows_read >= 0",
        "name_length": "length(name) <= 255",
        "create_units_known": "create_units IN (true, false)",
    },
    "invitation": {
        "token_hash_length": "length(token_hash) = 64",
    },
    "kept_count": {
        "channel_known": "channel IN ('web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')",
        "locale_known": "locale IN ('zh_Hans', 'zh_Hant', 'en')",
        "count_least": "count >= 0",
        "value_length": "length(value) <= 64",
    },
    "link": {
        "channel_known": "channel IN ('web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')",
        "locale_known": "locale IN ('zh_Hans', 'zh_Hant', 'en')",
        "code_length": "length(code) <= 16",
        "label_length": "length(label) <= 120",
    },
    "questionnaire": {
        "code_length": "length(code) <= 64",
    },
    "response": {
        "channel_known": "channel IN ('web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')",
        "locale_known": "locale IN ('zh_Hans', 'zh_Hant', 'en')",
        "seconds_least": "seconds >= 0",
        "attempts_least": "attempts >= 0",
        "idempotency_key_length": "length(idempotency_key) <= 96",
        "receipt_length": "length(receipt) <= 16",
        "failure_length": "length(failure) <= 300",
        "consent_hash_length": "length(consent_hash) <= 32",
        "consented_known": "consented IN (true, false)",
    },
    "series": {
        "code_length": "length(code) <= 96",
        "fingerprint_length": "length(fingerprint) <= 32",
    },
    "service_event": {
        "locale_known": "locale IN ('zh_Hans', 'zh_Hant', 'en')",
        "reference_length": "length(reference) <= 128",
    },
    "service_type": {
        "code_length": "length(code) <= 64",
    },
    "sweep_run": {
        "failures_least": "failures >= 0",
        "name_length": "length(name) <= 64",
        "failure_length": "length(failure) <= 300",
    },
    "tally": {
        "grain_known": "grain IN ('day', 'week', 'month')",
        "channel_known": "channel IN ('', 'web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')",
        "locale_known": "locale IN ('', 'zh_Hans', 'zh_Hant', 'en')",
        "count_least": "count >= 0",
        "value_length": "length(value) <= 64",
    },
    "unit": {
        "kind_known": "kind IN ('headquarters', 'branch', 'department')",
        "code_length": "length(code) <= 64",
        "path_length": "length(path) <= 255",
    },
    "upload": {
        "name_length": "length(name) <= 255",
    },
    "user_account": {
        "role_known": "role IN ('administrator', 'quality_manager', 'head_of_unit', 'staff', 'auditor')",
        "locale_known": "locale IN ('zh_Hans', 'zh_Hant', 'en')",
        "email_length": "length(email) <= 255",
        "name_length": "length(name) <= 120",
        "active_known": "active IN (true, false)",
    },
    "questionnaire_version": {
        "status_known": "status IN ('draft', 'published', 'superseded')",
        "checksum_length": "length(checksum) = 64",
        "number_least": "number >= 1",
    },
}


def upgrade() -> None:
    add_checks(CHECKS)


def downgrade() -> None:
    drop_checks(CHECKS)
