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
    "reports.again": (lambda world: _report(world) + "/again", {}, ("changed", "report")),
}
SEEN: dict[str, Any] = {
    "reports.show": (_report, ("saw", "report")),
    "reports.file": (lambda world: _report(world) + "/file.xlsx", ("downloaded", "report")),
}
