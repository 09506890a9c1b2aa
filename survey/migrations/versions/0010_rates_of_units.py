"""Response rates of some units are counted without passing over the invitations of all others.

Revision: 0010, after 0009
"""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NAMES = ["questionnaire_id", "unit_id", "created_at", "service_type_id", "batch_id", "used_at"]


def upgrade() -> None:
    op.create_index("ix_invitation_unit", "invitation", NAMES)


def downgrade() -> None:
    op.drop_index("ix_invitation_unit", table_name="invitation")
