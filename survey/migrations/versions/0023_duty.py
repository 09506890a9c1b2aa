"""Working calendars, days that differ, time limits, duty turns and absences.

Revision: 0023, after 0022
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('work_calendar',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('timezone', sa.String(length=64), nullable=True),
        sa.Column('weekly', columns.Document, nullable=True),
        sa.CheckConstraint('length(timezone) <= 64', name=op.f('ck_work_calendar_timezone_length')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_work_calendar_unit_id_unit')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_work_calendar')),
        sa.UniqueConstraint('unit_id', name=op.f('uq_work_calendar_unit_id'))
    )
    op.create_table('special_day',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('name', sa.String(length=120), nullable=False),
        sa.Column('working', sa.Boolean(), nullable=False),
        sa.Column('spans', columns.Document, nullable=True),
        sa.CheckConstraint('length(name) <= 120', name=op.f('ck_special_day_name_length')),
        sa.CheckConstraint('working = true OR spans IS NULL', name=op.f('ck_special_day_holiday_without_hours')),
        sa.CheckConstraint('working IN (true, false)', name=op.f('ck_special_day_working_known')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_special_day_unit_id_unit')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_special_day')),
        sa.UniqueConstraint('unit_id', 'day', name='uq_special_day_day')
    )
    op.create_table('time_limit',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('severity', sa.String(length=12), nullable=False),
        sa.Column('limited', sa.String(length=12), nullable=False),
        sa.Column('minutes', sa.Integer(), nullable=False),
        sa.Column('by_clock', sa.Boolean(), nullable=False),
        sa.CheckConstraint("limited IN ('acknowledge', 'contact', 'resolve')", name=op.f('ck_time_limit_limited_known')),
        sa.CheckConstraint("severity IN ('serious', 'ordinary', 'attention')", name=op.f('ck_time_limit_severity_known')),
        sa.CheckConstraint('by_clock IN (true, false)', name=op.f('ck_time_limit_by_clock_known')),
        sa.CheckConstraint('minutes BETWEEN 1 AND 525600', name=op.f('ck_time_limit_minutes_range')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_time_limit_unit_id_unit')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_time_limit')),
        sa.UniqueConstraint('unit_id', 'severity', 'limited', name='uq_time_limit_what')
    )
    op.create_table('duty_turn',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('unit_id', sa.Integer(), nullable=False),
        sa.Column('tier', sa.String(length=12), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('weekdays', sa.String(length=7), nullable=False),
        sa.Column('every', sa.Integer(), nullable=False),
        sa.Column('hours', sa.String(length=8), nullable=False),
        sa.Column('start_minute', sa.Integer(), nullable=False),
        sa.Column('end_minute', sa.Integer(), nullable=False),
        sa.Column('first_on', sa.Date(), nullable=False),
        sa.Column('last_on', sa.Date(), nullable=True),
        sa.CheckConstraint("hours IN ('working', 'outside', 'fixed')", name=op.f('ck_duty_turn_hours_known')),
        sa.CheckConstraint("length(weekdays) = 7 AND weekdays <> '0000000'", name=op.f('ck_duty_turn_weekdays_known')),
        sa.CheckConstraint("tier IN ('recipient', 'deputy', 'head', 'office', 'officer')", name=op.f('ck_duty_turn_tier_known')),
        sa.CheckConstraint('end_minute BETWEEN 1 AND 1440', name=op.f('ck_duty_turn_end_range')),
        sa.CheckConstraint('every BETWEEN 1 AND 4', name=op.f('ck_duty_turn_every_range')),
        sa.CheckConstraint('last_on >= first_on', name=op.f('ck_duty_turn_days_in_order')),
        sa.CheckConstraint('start_minute BETWEEN 0 AND 1439', name=op.f('ck_duty_turn_start_range')),
        sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_duty_turn_person_id_user_account')),
        sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_duty_turn_unit_id_unit')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_duty_turn'))
    )
    op.create_index(op.f('ix_duty_turn_person_id'), 'duty_turn', ['person_id'], unique=False)
    op.create_index('ix_duty_turn_unit', 'duty_turn', ['unit_id', 'tier'], unique=False)
    op.create_table('absence',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('person_id', sa.Uuid(), nullable=False),
        sa.Column('first_on', sa.Date(), nullable=False),
        sa.Column('last_on', sa.Date(), nullable=False),
        sa.Column('substitute_id', sa.Uuid(), nullable=True),
        sa.Column('entered_at', columns.Instant(), nullable=False),
        sa.CheckConstraint('last_on >= first_on', name=op.f('ck_absence_days_in_order')),
        sa.CheckConstraint('substitute_id <> person_id', name=op.f('ck_absence_not_for_oneself')),
        sa.ForeignKeyConstraint(['person_id'], ['user_account.id'], name=op.f('fk_absence_person_id_user_account')),
        sa.ForeignKeyConstraint(['substitute_id'], ['user_account.id'], name=op.f('fk_absence_substitute_id_user_account')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    op.create_index(op.f('ix_absence_person_id'), 'absence', ['person_id'], unique=False)


def downgrade() -> None:
    for table in ("absence", "duty_turn", "time_limit", "special_day", "work_calendar"):
        op.drop_table(table)
