"""The audit trail, which the database keeps append-only.

Revision: 0006, after 0005
"""

import sqlalchemy as sa
from alembic import op

from survey.models import append_only, columns

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

INDEXES = {
    "ix_audit_entry_at": ["at", "number"],
    "ix_audit_entry_actor": ["actor_id", "number"],
    "ix_audit_entry_deed": ["deed", "number"],
    "ix_audit_entry_thing": ["thing_kind", "thing_id", "number"],
    "ix_audit_entry_unit": ["unit_id", "number"],
}


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column(
            "number",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("actor_kind", sa.String(length=16), nullable=False),
        sa.Column("actor_id", sa.String(length=36), nullable=True),
        sa.Column("actor_name", sa.String(length=400), nullable=False),
        sa.Column("deed", sa.String(length=24), nullable=False),
        sa.Column("thing_kind", sa.String(length=24), nullable=False),
        sa.Column("thing_id", sa.String(length=64), nullable=False),
        sa.Column("thing_name", sa.String(length=400), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("once", sa.String(length=64), nullable=True),
        sa.Column("previous", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_entry")),
        sa.UniqueConstraint("once", name=op.f("uq_audit_entry_once")),
    )
    for name, indexed in INDEXES.items():
        op.create_index(name, "audit_entry", indexed)
    append_only.make_append_only(None, op.get_bind())


def downgrade() -> None:
    for name in INDEXES:
        op.drop_index(name, "audit_entry")
    op.drop_table("audit_entry")
    if op.get_bind().dialect.name == "postgresql":
        for statement in append_only.POSTGRESQL_DROPPED:
            op.execute(statement)
