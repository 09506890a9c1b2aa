"""When the worker has to see to a case next.

Revision: 0024, after 0023
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("case_file", sa.Column("look_at", columns.Instant(), nullable=True))
    op.execute("UPDATE case_file SET look_at = opened_at")
    running = sa.text("closed_at IS NULL")
    op.create_index(
        "ix_case_file_look", "case_file", ["look_at", "id"], unique=False, sqlite_where=running, postgresql_where=running
    )


def downgrade() -> None:
    op.drop_index("ix_case_file_look", table_name="case_file")
    op.drop_column("case_file", "look_at")
