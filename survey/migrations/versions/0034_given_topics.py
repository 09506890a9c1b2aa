"""Topics of comments given by people.

Revision: 0034, after 0033
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    refers = {"response_id": "response", "by_id": "user_account"}
    op.create_table(
        "given_topics",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("question_code", sa.String(length=96), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", columns.Instant(), nullable=False),
        sa.Column("topics", columns.Document, nullable=False),
        sa.Column("read_topics", columns.Document, nullable=False),
        sa.Column("read_method", sa.String(length=48), nullable=False),
        sa.Column("undone_at", columns.Instant(), nullable=True),
        *(
            sa.CheckConstraint(f"length({name}) <= {most}", name=op.f(f"ck_given_topics_{name}_length"))
            for name, most in (("question_code", 96), ("read_method", 48))
        ),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_given_topics_{name}_{table}"))
            for name, table in refers.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_given_topics")),
    )
    op.create_index("ix_given_topics_of", "given_topics", ["response_id", "question_code", "id"])
    op.create_index(op.f("ix_given_topics_by_id"), "given_topics", ["by_id"])


def downgrade() -> None:
    op.drop_table("given_topics")
