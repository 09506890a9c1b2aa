"""The routes of new themes and kept selections, as doors.py has them. Whoever does not see all units may not hide any: here only A does."""

from __future__ import annotations

from typing import Any

from tests.survey.access.case_doors import RESULTS

PHRASE = {"questionnaire": "small", "language": "en", "phrase": "parrot"}
THEME_DOORS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("themes.index", RESULTS, {}),
    ("themes.hide", "A", {"sends": PHRASE}),
    ("themes.show", "A", {"sends": PHRASE}),
    ("saved_views.index", RESULTS, {}),
    ("saved_views.save", RESULTS, {"sends": {"name": "A view", "query": "topic=price"}}),
    ("saved_views.rename", RESULTS, {"sends": {"was": "A view", "name": "Another"}}),
    ("saved_views.remove", RESULTS, {"sends": {"name": "A view"}}),
    ("themes.look", "A", {"sends": {"questionnaire": "small"}}),
)
