"""Invitations are counted when they are made and used; response rates no longer read each of them.

Revision: 0015, after 0010
"""

from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op
from flask import current_app

from survey.migrations.tables import changed

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_invitation_rate": ["questionnaire_id", "created_at", "unit_id", "service_type_id", "batch_id", "used_at"],
    "ix_invitation_unit": ["questionnaire_id", "unit_id", "created_at", "service_type_id", "batch_id", "used_at"],
}
KEY = ("questionnaire_id", "grain", "channel", "service_type_id", "period_on", "unit_id")
CHECKS = {
    "grain_known": "grain IN ('day', 'month')",
    "channel_known": "channel IN ('', 'web', 'qr', 'kiosk', 'sms', 'email', 'wechat', 'phone', 'paper')",
    "sent_least": "sent >= 0",
    "used_least": "used >= 0",
}
MONTH = {
    "sqlite": "date(made_on, 'start of month')",
    "postgresql": "CAST(date_trunc('month', made_on) AS date)",
}


def upgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, table_name="invitation")
    op.add_column("invitation", sa.Column("made_on", sa.Date(), nullable=True))
    _tell_days(current_app.extensions["settings"].timezone)
    with changed("invitation") as batch:
        batch.alter_column("made_on", existing_type=sa.Date(), nullable=False)
    op.create_table(
        "invitation_tally",
        sa.Column("questionnaire_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("grain", sa.String(length=5), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("service_type_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("period_on", sa.Date(), nullable=False),
        sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        *(
            sa.CheckConstraint(condition, name=op.f(f"ck_invitation_tally_{name}"))
            for name, condition in CHECKS.items()
        ),
        sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_invitation_tally")),
        sqlite_with_rowid=False,
    )
    periods = {"day": "made_on", "month": MONTH[op.get_bind().dialect.name]}
    for grain, channel, service in product(periods, ("''", "b.channel"), ("0", "service_type_id")):
        op.execute(
            sa.text(
                f"INSERT INTO invitation_tally ({', '.join(KEY)}, sent, used) "  # noqa: S608 constants only
                f"SELECT i.questionnaire_id, '{grain}', {channel}, {service}, {periods[grain]}, unit_id, count(*), "
                "count(used_at) FROM invitation i JOIN invitation_batch b ON b.id = batch_id GROUP BY 1, 2, 3, 4, 5, 6"
            )
        )


def _tell_days(timezone: str) -> None:
    """The calendar day of each invitation in the organisation's time zone."""
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        day = sa.text("UPDATE invitation SET made_on = CAST(created_at AT TIME ZONE :zone AS date)")
        connection.execute(day, {"zone": timezone})
        return
    zone, utc = ZoneInfo(timezone), ZoneInfo("UTC")

    def day_of(instant: str) -> str:
        return datetime.fromisoformat(instant).replace(tzinfo=utc).astimezone(zone).date().isoformat()

    driver = connection.connection.driver_connection
    assert driver is not None
    driver.create_function("day_of", 1, day_of, deterministic=True)
    op.execute("UPDATE invitation SET made_on = day_of(created_at)")


def downgrade() -> None:
    op.drop_table("invitation_tally")
    op.drop_column("invitation", "made_on")
    for name, columns in INDEXES.items():
        op.create_index(name, "invitation", columns)
