"""Terms in the language of each database's index. Tokens are letters and digits only, so nothing has to be escaped."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .terms import Term
from .tokens import unit_token


def sqlite_query(terms: Sequence[Term], units: Collection[int] = ()) -> str:
    """For FTS5: comments with all terms, of one of the units (none given: of any)."""
    parts = [
        " + ".join(f'"{token}"' for token in term.tokens) + (" *" if term.begun else "") for term in terms
    ]
    if units:
        parts.append("(" + " OR ".join(f'"{unit_token(unit)}"' for unit in sorted(units)) + ")")
    return " AND ".join(parts)


def postgresql_query(terms: Sequence[Term], units: Collection[int] = ()) -> str:
    """The same as a tsquery."""
    parts = [
        "(" + " <-> ".join(f"'{token}'" for token in term.tokens) + (":*)" if term.begun else ")")
        for term in terms
    ]
    if units:
        parts.append("(" + " | ".join(f"'{unit_token(unit)}'" for unit in sorted(units)) + ")")
    return " & ".join(parts)
