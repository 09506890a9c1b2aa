"""How long each job took.

Revision: 0031, after 0030
"""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sweep_run", sa.Column("seconds", sa.Double(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sweep_run") as table:
        table.drop_column("seconds")
