"""The routes of cases, drills and rules on figures, as doors.py has them."""

from __future__ import annotations

from typing import Any

from tests.survey.access.world import Kind

CASE = {
    "problem": "She waited",
    "promise": "I call her",
    "how": "phone",
    "result": "reached",
    "text": "We spoke",
    "why": "It belongs there",
    "priority": "2",
}
STEPS = ("acknowledge", "contact", "note", "start", "prioritise", "appeal")

WATCH = {
    "names_en": "Watch the staff",
    "severity": "attention",
    "measured": "staff|csat",
    "by": "month",
    "valid_from": "2026-01-01",
}

SIGNED_IN, RESULTS = "AQHSU", "AQHU"
Way = tuple[str, str, dict[str, Any]]  # what `door` is given


def _way(endpoint: str, who: str, **more: Any) -> Way:
    return endpoint, who, more


CASE_DOORS = [
    _way("cases.index", SIGNED_IN),
    _way("cases.news", SIGNED_IN, asks={"since": "0~0"}),
    _way("cases.assign", "AQHS", sends={"cases": Kind.CASE, "to": "me"}),
    _way("case.show", SIGNED_IN, public_id=Kind.CASE),
    _way("case.original", SIGNED_IN, public_id=Kind.CASE, also=403),
    _way("case.do", "AQHS", public_id=Kind.CASE, step=STEPS, sends=CASE),
    _way("case.file", SIGNED_IN, file_id=Kind.EVIDENCE),
    _way("case_figures.index", RESULTS, asks={"unit": Kind.UNIT}),
    _way("case_figures.file", RESULTS, code="acknowledge"),
    _way(
        "channels.limits", "A", sends={"most_a_month": "4", "kept_days": "60"}
    ),  # of letters to customers too
    _way("case_tiers.index", "A", sends={"code": "vip", "priority": "2"}),
    _way("case_causes.index", "A"),
    _way("case_causes.new", "A", sends={"en": "Food", "parent": ""}),
    _way("case_causes.edit", "A", number=Kind.CAUSE, sends={"en": "Long waiting"}),
    _way("case_causes.do", "A", number=Kind.CAUSE, act=("end", "resume")),
    _way(
        "rules.new_watch",
        "AQ",
        kind=("signal", "target"),
        code=Kind.QUESTIONNAIRE,
        sends=WATCH | {"unit": Kind.UNIT},
    ),
    _way("drills.index", RESULTS, asks={"unit": Kind.UNIT}),
    _way("drills.file", RESULTS, code=("times", "drills")),
    _way("drills.show", RESULTS, number=Kind.DRILL),
    _way("drills.new", "AQH", sends={"unit": Kind.UNIT, "severity": "serious", "when": "now"}),
    _way("drills.stop", "AQH", number=Kind.DRILL),
    _way("drills.plan", "AQH", sends={"unit": Kind.UNIT, "severity": "ordinary"}),
    _way("drills.end_plan", "AQH", code=Kind.UNIT),
]
