"""Selections of comments that people keep under a name.

Revision: 0037, after 0036
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("filters", sa.String(length=2000), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("saved_at", columns.Instant(), nullable=False),
        *(
            sa.CheckConstraint(f"length({name}) <= {most}", name=op.f(f"ck_saved_view_{name}_length"))
            for name, most in (("name", 80), ("filters", 2000))
        ),
        sa.CheckConstraint("shared IN (true, false)", name=op.f("ck_saved_view_shared_known")),
        sa.ForeignKeyConstraint(["by_id"], ["user_account.id"], name=op.f("fk_saved_view_by_id_user_account")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("by_id", "name", name=op.f("uq_saved_view_by_id_name")),
    )


def downgrade() -> None:
    op.drop_table("saved_view")
