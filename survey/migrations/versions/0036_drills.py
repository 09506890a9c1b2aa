"""Drills of the duty chain, and those that come by themselves each month.

Revision: 0036, after 0035
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('drill',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('severity', sa.String(length=12), nullable=False),
        sa.Column('asked_at', columns.Instant(timezone=True), nullable=False),
        sa.Column('asked_by_id', sa.Uuid(), nullable=True),
        sa.Column('month', sa.Date(), nullable=True),
        sa.Column('start_at', columns.Instant(timezone=True), nullable=False),
        sa.Column('case_id', sa.Integer(), nullable=True),
        sa.Column('stopped_at', columns.Instant(timezone=True), nullable=True),
        sa.CheckConstraint("severity IN ('serious', 'ordinary', 'attention')", name=op.f('ck_drill_severity_known')),
        sa.ForeignKeyConstraint(['asked_by_id'], ['user_account.id'], name=op.f('fk_drill_asked_by_id_user_account')),
        sa.ForeignKeyConstraint(['case_id'], ['case_file.id'], name=op.f('fk_drill_case_id_case_file')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_drill_unit_id_unit')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_drill')),
        sa.UniqueConstraint('case_id', name=op.f('uq_drill_case_id')),
        sa.UniqueConstraint('unit_id', 'month', name='uq_drill_month')
    )
    op.create_index('ix_drill_start', 'drill', ['start_at', 'id'], unique=False)
    op.create_index(op.f('ix_drill_unit_id'), 'drill', ['unit_id'], unique=False)
    op.create_table('drill_plan',
        sa.Column('unit_id', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('severity', sa.String(length=12), nullable=False),
        sa.Column('since', columns.Instant(timezone=True), nullable=False),
        sa.Column('by_id', sa.Uuid(), nullable=True),
        sa.CheckConstraint("severity IN ('serious', 'ordinary', 'attention')", name=op.f('ck_drill_plan_severity_known')),
        sa.ForeignKeyConstraint(['by_id'], ['user_account.id'], name=op.f('fk_drill_plan_by_id_user_account')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_drill_plan_unit_id_unit')),
        sa.PrimaryKeyConstraint('unit_id', name=op.f('pk_drill_plan'))
    )


def downgrade() -> None:
    op.drop_table("drill_plan")
    op.drop_table("drill")
