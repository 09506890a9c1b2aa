"""What people are told and tell: digests, and the talk about a case."""

from __future__ import annotations

from typing import Any

EXEMPT = {
    "labelling.label": "the entries of labels: see tests/survey/labelling",
    "labelling.back": "as above",
    **dict.fromkeys(
        ("saved_views.save", "saved_views.rename", "saved_views.remove"),
        "one's own filters under a name; who sees what they find leaves entries",
    ),
    "themes.look": "asks the worker to look again at what it looks at each week anyway",
    "respond.follow": "the customer's own words; an event of the case tells of them",
    "digests.send": "writes a message to oneself; administrators have no unit to be told of",
}
CHANGES: dict[str, tuple[str, dict[str, Any], tuple[str, str]]] = {
    "digests.store": (
        "/digest",
        {"cadence": "daily", "hour": "8", "timezone": "Asia/Shanghai"},
        ("changed", "digest"),
    ),
}
