"""Finding words in comments: how a text is put into an index, how a query asks for it, and where its hits stand.

    folded    one way of writing for one meaning: case, width, accents, traditional characters as simplified ones
    tokens    what the index holds of a text: words; Chinese as pairs of neighbouring characters
    terms     a query as typed -> its terms; `sqlite_query`, `postgresql_query` ask the index for all of them
    spans     where the terms stand in a text, to be marked

A word of letters is found by its beginning ("nurs" finds nurse and nurses), in quotation marks as a whole; Chinese
anywhere; several words of one term in this order with nothing but signs between them. Signs part words and are
not looked for.
"""

from .folding import folded
from .queries import postgresql_query, sqlite_query
from .spans import spans
from .terms import MOST_TERMS, Term, Unsearchable, terms
from .tokens import LONGEST, tokens, unit_token

__all__ = [
    "LONGEST",
    "MOST_TERMS",
    "Term",
    "Unsearchable",
    "folded",
    "postgresql_query",
    "spans",
    "sqlite_query",
    "terms",
    "tokens",
    "unit_token",
]
