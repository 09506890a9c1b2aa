"""A submission writes two indexes less: the receipt follows from the key of the form and is unique already,
and few responses know an invitation.

Revision: 0017, after 0016
"""

import sqlalchemy as sa
from alembic import op

from survey.migrations.tables import changed

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KNOWN = sa.text("invitation_id IS NOT NULL")


def upgrade() -> None:
    with changed("response") as batch:
        batch.drop_constraint("uq_response_idempotency_key", type_="unique")
        batch.drop_constraint("uq_response_invitation_id", type_="unique")
    op.create_index(
        "ix_response_invitation", "response", ["invitation_id"], unique=True,
        sqlite_where=KNOWN, postgresql_where=KNOWN,
    )  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_response_invitation", table_name="response")
    with changed("response") as batch:
        batch.create_unique_constraint("uq_response_invitation_id", ["invitation_id"])
        batch.create_unique_constraint("uq_response_idempotency_key", ["idempotency_key"])
