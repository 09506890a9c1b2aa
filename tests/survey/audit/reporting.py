"""What is done and seen on the pages of reports and of comments, for the law of coverage."""

from __future__ import annotations

from typing import Any

from tests.survey.access.world import Kind, Whose, World

MARCH = {
    "questionnaire": "small",
    "unit": "",
    "kind": "month",
    "month": "2026-03",
    "until": "",
    "language": "en",
}


def _report(world: World) -> str:
    return f"/reports/{world.value(Kind.REPORT, Whose.OWN, 'A')}"


CHANGES: dict[str, Any] = {
    "reports.ask": ("/reports/", MARCH, ("created", "report")),
    "originals.show": (
        lambda world: f"/results/comments/{world.own.response}/why/original",
        {"reason": "To call back"},
        ("saw", "comments"),
    ),
    "labelling.learn": ("/results/comments/reading/en/learn", {}, ("changed", "reader")),
    "labelling.choose": ("/results/comments/reading/en/choose/0", {}, ("changed", "reader")),
    "explorer.topics": (
        lambda world: f"/results/comments/{world.own.response}/why/topics",
        {"topic-waiting": "negative"},
        ("changed", "comments"),
    ),
    "explorer.label": (
        lambda world: f"/results/comments/{world.own.response}/why/label",
        {"label": "neutral"},
        ("changed", "comments"),
    ),
    "reports.again": (lambda world: _report(world) + "/again", {}, ("changed", "report")),
}
SEEN: dict[str, Any] = {
    "explorer.file": ("/results/comments/file?period=all", ("exported", "comments")),
    "reports.show": (_report, ("saw", "report")),
    "reports.file": (lambda world: _report(world) + "/file.xlsx", ("downloaded", "report")),
}
