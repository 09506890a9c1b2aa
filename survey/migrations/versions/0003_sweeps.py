"""How the sweeps of the workers went, and an index of the responses that were given up.

Revision: 0003, after 0002
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sweep_run",
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("ended_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("failed_at", columns.Instant(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=300), nullable=True),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sweep_run")),
    )
    op.create_index(
        "ix_response_failed", "response", ["failed_at"],
        sqlite_where=sa.text("failed_at IS NOT NULL"), postgresql_where=sa.text("failed_at IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_index("ix_response_failed", "response")
    op.drop_table("sweep_run")
