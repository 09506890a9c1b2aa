"""Tallies in smaller cuts, without foreign keys, in an order of the key in which each cut lies together.

Revision: 0004, after 0003
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = ("series_id", "grain", "channel", "locale", "service_type_id", "period_on", "unit_id", "value")
OLD_KEY = ("series_id", "grain", "channel", "locale", "period_on", "unit_id", "service_type_id", "value")
SPLITS = (("''", "''", "0"), ("''", "''", "service_type_id"), ("channel", "''", "0"), ("''", "locale", "0"))
MONDAY = {
    "sqlite": "date(period_on, 'weekday 0', '-6 days')",
    "postgresql": "CAST(date_trunc('week', period_on) AS date)",
}


def upgrade() -> None:
    op.execute(
        sa.text("CREATE TABLE tally_before AS SELECT * FROM tally WHERE channel <> '' AND grain <> 'week'")
    )
    op.drop_table("tally")
    op.create_table("tally", *_columns(KEY), sa.PrimaryKeyConstraint(*KEY, name=op.f("pk_tally")), sqlite_with_rowid=False)
    _insert(KEY, f"SELECT {', '.join(KEY)}, count FROM tally_before")  # noqa: S608 constants only
    monday = MONDAY[op.get_bind().dialect.name]
    for source, grain, period in (("day", "day", "period_on"), ("day", "week", monday), ("month", "month", "period_on")):
        for channel, locale, service in SPLITS:
            _insert(
                KEY,
                f"SELECT series_id, '{grain}', {channel}, {locale}, {service}, {period}, unit_id, value, sum(count) "  # noqa: S608
                f"FROM tally_before WHERE grain = '{source}' GROUP BY 1, 2, 3, 4, 5, 6, 7, 8",
            )
    op.drop_table("tally_before")


def downgrade() -> None:
    full = "channel <> '' AND locale <> '' AND grain <> 'week'"
    summed = "channel = '' AND locale = '' AND grain <> 'day'"
    op.execute(
        sa.text(
            "CREATE TABLE tally_after AS SELECT * FROM tally "  # noqa: S608 constants only
            f"WHERE service_type_id <> 0 AND (({full}) OR ({summed}))"
        )
    )
    op.drop_table("tally")
    op.create_table(
        "tally",
        *_columns(OLD_KEY),
        sa.ForeignKeyConstraint(["series_id"], ["series.id"], name=op.f("fk_tally_series_id_series")),
        sa.ForeignKeyConstraint(
            ["service_type_id"], ["service_type.id"], name=op.f("fk_tally_service_type_id_service_type")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_tally_unit_id_unit")),
        sa.PrimaryKeyConstraint(*OLD_KEY, name=op.f("pk_tally")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_tally_unit", "tally", ["unit_id"])
    _insert(OLD_KEY, f"SELECT {', '.join(OLD_KEY)}, count FROM tally_after")  # noqa: S608 constants only
    op.drop_table("tally_after")


def _columns(names: tuple[str, ...]) -> list[sa.Column[Any]]:
    types: dict[str, Any] = {
        "grain": sa.String(5),
        "channel": sa.String(16),
        "locale": sa.String(8),
        "period_on": sa.Date(),
        "value": sa.String(64),
    }
    return [
        *(sa.Column(name, types.get(name, sa.Integer()), nullable=False, autoincrement=False) for name in names),
        sa.Column("count", sa.Integer(), nullable=False),
    ]


def _insert(columns: tuple[str, ...], rows: str) -> None:
    op.execute(sa.text(f"INSERT INTO tally ({', '.join(columns)}, count) {rows}"))  # noqa: S608 constants only
