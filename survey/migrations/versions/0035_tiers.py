"""Tiers of customers, and which of them raise the priority of a case.

Revision: 0035, after 0034
"""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "customer_tier",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_customer_tier")),
    )
    for table in ("service_event", "response"):
        op.add_column(table, sa.Column("tier", sa.String(length=40), nullable=True))


def downgrade() -> None:
    for table in ("response", "service_event"):
        op.drop_column(table, "tier")
    op.drop_table("customer_tier")
