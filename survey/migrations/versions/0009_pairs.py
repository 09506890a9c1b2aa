"""Tallies by month with two of channel, language and service type told apart.

Revision: 0009, after 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PAIRS = (
    ("channel", "locale", "0", "service_type_id"),
    ("channel", "''", "service_type_id", "locale"),
    ("''", "locale", "service_type_id", "channel"),
)


def upgrade() -> None:
    for channel, locale, service, _summed in PAIRS:
        op.execute(
            sa.text(
                "INSERT INTO tally (series_id, grain, channel, locale, service_type_id, period_on, unit_id, value, count) "  # noqa: S608 constants only
                f"SELECT series_id, 'month', {channel}, {locale}, {service}, period_on, unit_id, value, sum(count) FROM tally "
                "WHERE grain = 'month' AND channel <> '' AND locale <> '' AND service_type_id <> 0 "
                "GROUP BY 1, 2, 3, 4, 5, 6, 7, 8"
            )
        )


def downgrade() -> None:
    empty = {"channel": "''", "locale": "''", "service_type_id": "0"}
    for *_kept, summed in PAIRS:
        one = " AND ".join(
            f"{name} {'=' if name == summed else '<>'} {nothing}" for name, nothing in empty.items()
        )
        op.execute(sa.text(f"DELETE FROM tally WHERE grain = 'month' AND {one}"))  # noqa: S608 constants only
