"""Comments are searched by an index of their words; those of stored comments are read afterwards, by `flask init`.

Revision: 0026, after 0025
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from survey.migrations.tables import changed
from survey.models import searching

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BITS = 46
RANDOM = (1 << BITS) - 1
PLACES = {
    "sqlite": f"(CAST(julianday(submitted_on) - 2440587.5 AS INTEGER) << {BITS}) | (random() & {RANDOM})",
    "postgresql": f"(CAST(submitted_on - DATE '1970-01-01' AS bigint) << {BITS}) | "
    f"CAST(floor(random() * {RANDOM}) AS bigint)",
}
UNREAD = sa.text("words IS NULL AND text <> ''")


def upgrade() -> None:
    dialect = op.get_bind().dialect.name
    with changed("comment") as batch:
        batch.add_column(sa.Column("place", sa.BigInteger(), nullable=True))
        batch.add_column(
            sa.Column("words", sa.Text().with_variant(postgresql.TSVECTOR(), "postgresql"), nullable=True)
        )
    op.execute(f"UPDATE comment SET place = {PLACES[dialect]}")  # noqa: S608 constants only
    with changed("comment") as batch:
        batch.alter_column("place", existing_type=sa.BigInteger(), nullable=False)
    op.create_index("ix_comment_place", "comment", ["place"], unique=True)
    op.create_index(
        "ix_comment_unread", "comment", ["questionnaire_id"], sqlite_where=UNREAD, postgresql_where=UNREAD
    )


def downgrade() -> None:
    searching.remove(op.get_bind())
    op.drop_index("ix_comment_unread", table_name="comment")
    op.drop_index("ix_comment_place", table_name="comment")
    with changed("comment") as batch:
        batch.drop_column("words")
        batch.drop_column("place")
