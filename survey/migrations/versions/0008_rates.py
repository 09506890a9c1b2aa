"""Response rates are counted in an index alone, without looking up each invitation.

Revision: 0008, after 0007
"""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

BEFORE = ["questionnaire_id", "created_at", "unit_id", "service_type_id"]


def upgrade() -> None:
    op.drop_index("ix_invitation_rate", table_name="invitation")
    op.create_index("ix_invitation_rate", "invitation", [*BEFORE, "batch_id", "used_at"])


def downgrade() -> None:
    op.drop_index("ix_invitation_rate", table_name="invitation")
    op.create_index("ix_invitation_rate", "invitation", BEFORE)
