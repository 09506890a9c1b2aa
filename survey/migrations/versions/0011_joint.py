"""Joint counts of pairs of answers. They are made of the stored responses afterwards, as upkeep says.

Revision: 0011, after 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

KEY = ("version_id", "service_type_id", "month_on", "unit_id")


def upgrade() -> None:
    for table in ("joint_tally", "kept_joint"):
        op.create_table(
            table,
            sa.Column("version_id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("service_type_id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("month_on", sa.Date(), nullable=False),
            sa.Column("unit_id", sa.Integer(), autoincrement=False, nullable=False),
            sa.Column("responses", sa.Integer(), nullable=False),
            sa.Column("counts", sa.LargeBinary(), nullable=False),
            sa.CheckConstraint("responses >= 0", name=op.f(f"ck_{table}_responses_least")),
            sa.PrimaryKeyConstraint(*KEY, name=op.f(f"pk_{table}")),
        )
    op.execute("INSERT INTO upkeep (name) SELECT 'joint' WHERE EXISTS (SELECT 1 FROM response)")


def downgrade() -> None:
    op.execute("DELETE FROM upkeep WHERE name = 'joint'")
    op.drop_table("kept_joint")
    op.drop_table("joint_tally")
