"""Comments are masked; what was hidden in them is kept sealed. Stored ones are masked afterwards, as upkeep says.

Revision: 0019, after 0018
"""

import sqlalchemy as sa
from alembic import op

from survey.models import columns
from survey.processing import originals
from survey.sealing import Unreadable

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

RESPONSE = sa.table("response", sa.column("id", sa.Uuid()), sa.column("answers", columns.Document))
COMMENT = sa.table(
    "comment", sa.column("response_id", sa.Uuid()), sa.column("question_code", sa.String()), sa.column("text", sa.Text())
)
ORIGINAL = sa.table("original", sa.column("response_id", sa.Uuid()), sa.column("sealed", sa.LargeBinary()))


def upgrade() -> None:
    op.create_table(
        "original",
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["response_id"], ["response.id"], name=op.f("fk_original_response_id_response")),
        sa.PrimaryKeyConstraint("response_id", name=op.f("pk_original")),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO upkeep (name) SELECT 'mask' WHERE EXISTS (SELECT 1 FROM comment)")


def downgrade() -> None:
    """Comments say again what was written, where it can be opened."""
    connection = op.get_bind()
    joined = sa.select(RESPONSE.c.id, RESPONSE.c.answers, ORIGINAL.c.sealed).join_from(
        RESPONSE, ORIGINAL, RESPONSE.c.id == ORIGINAL.c.response_id
    )
    rows = connection.execute(joined).all()
    for row in rows:
        try:
            given = originals.opened(row.id, row.answers, row.sealed)
        except Unreadable:
            continue
        connection.execute(sa.update(RESPONSE).where(RESPONSE.c.id == row.id).values(answers=given))
        for code, text in given.items():
            if text != row.answers[code]:
                mine = (COMMENT.c.response_id == row.id) & (COMMENT.c.question_code == code)
                connection.execute(sa.update(COMMENT).where(mine).values(text=text))
    op.execute("DELETE FROM upkeep WHERE name = 'mask'")
    op.drop_table("original")
