"""What units tell everybody: what people said, and what was done.

Revision: 0030, after 0029
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "public_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("said", columns.Document, nullable=False),
        sa.Column("did", columns.Document, nullable=False),
        sa.Column("people", sa.Integer(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=False),
        sa.Column("written_at", columns.Instant(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=True),
        sa.Column("released_at", columns.Instant(), nullable=True),
        sa.Column("released_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", columns.Instant(), nullable=True),
        sa.ForeignKeyConstraint(["released_by_id"], ["user_account.id"], name=op.f("fk_public_reply_released_by_id_user_account")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_public_reply_unit_id_unit")),
        sa.ForeignKeyConstraint(["written_by_id"], ["user_account.id"], name=op.f("fk_public_reply_written_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_reply")),
    )
    op.create_index("ix_public_reply_unit", "public_reply", ["unit_id", "released_at"], unique=False)


def downgrade() -> None:
    op.drop_index("ix_public_reply_unit", table_name="public_reply")
    op.drop_table("public_reply")
