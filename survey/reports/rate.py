"""How many of the personal invitations were answered, as counts for the snapshot."""

from __future__ import annotations

from typing import Any

from analysis.types import Estimate, Reason
from survey.figures import invitation_rate
from survey.results.view import View


def rate(view: View) -> dict[str, Any] | None:
    """None where nobody was invited; counts None where hidden. Its days may be more than the report's."""
    found = invitation_rate(view.person, view.filters, view.seen, view.min_n)
    if found is None:
        return None
    filters = found.filters
    before = invitation_rate(view.person, filters.before(), view.seen, view.min_n)
    same = before is not None and before.filters == filters.before()
    return {
        "days": [filters.first_on.isoformat(), filters.last_on.isoformat()],
        "counts": [_counts(found.estimate), _counts(before.estimate) if before and same else None],
    }


def _counts(estimate: Estimate) -> list[int] | None:
    """Answered and invited."""
    if estimate.reason is Reason.SUPPRESSED:
        return None
    return [round((estimate.value or 0.0) * estimate.n / 100), estimate.n]
