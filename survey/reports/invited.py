"""What became of the services listed for invitations, as counts for the snapshot."""

from __future__ import annotations

from typing import Any

from survey.figures import invitation_ledger, responses_series
from survey.results.view import View


def invited(view: View) -> dict[str, Any] | None:
    """None where nobody was invited, and where too few were to be shown. Its days may be more than the report's."""
    responses = view.published, responses_series(view.version)
    found = invitation_ledger(view.person, view.filters, view.timezone, view.seen, responses)
    if found is None or found.stages is None:
        return None
    stages, filters = found.stages, found.filters
    return {
        "days": [filters.first_on.isoformat(), filters.last_on.isoformat()],
        "sent": stages.sent,
        "not_sent": stages.not_sent,
        "completed": stages.completed,
        "excluded": None if stages.excluded is None else dict(sorted(stages.excluded.items())),
        "delivery": dict(sorted(stages.delivery.items())),
        "set_aside": None if stages.set_aside is None else list(stages.set_aside),
        "not_kept": found.not_kept,
    }
