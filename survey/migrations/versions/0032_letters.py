"""Messages to the customers of cases.

Revision: 0032, after 0031
"""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None
SQLITE, POSTGRESQL = sa.text("noted = 0"), sa.text("NOT noted")


def upgrade() -> None:
    op.create_table(
        "case_letter",
        sa.Column("message_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=16), nullable=False),
        sa.Column("noted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["case_id", "number"], ["case_event.case_id", "case_event.number"], name=op.f("fk_case_letter_case_id_case_event")),
        sa.ForeignKeyConstraint(["message_id"], ["message.id"], name=op.f("fk_case_letter_message_id_message")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_case_letter")),
    )
    op.create_index("ix_case_letter_event", "case_letter", ["case_id", "number"])
    op.create_index("ix_case_letter_mark", "case_letter", ["mark"])
    op.create_index("ix_case_letter_fresh", "case_letter", ["case_id"], sqlite_where=SQLITE, postgresql_where=POSTGRESQL)


def downgrade() -> None:
    for name in ("fresh", "mark", "event"):
        op.drop_index(f"ix_case_letter_{name}", table_name="case_letter")
    op.drop_table("case_letter")
