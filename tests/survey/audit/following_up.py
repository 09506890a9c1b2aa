"""Requests about cases that succeed, and the entries they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.survey.access.world import Kind, Whose, World

Given = dict[str, Any]
Expected = tuple[str, str]  # deed and kind


def _of(kind: Kind) -> Callable[[World], Any]:
    return lambda world: world.value(kind, Whose.OWN, "A")


_case, _cause, _file = _of(Kind.CASE), _of(Kind.CAUSE), _of(Kind.EVIDENCE)
_READ_BACK = {"problem": "She waited", "promise": "I call her"}

CHANGES: dict[str, tuple[str | Callable[[World], str], Given, Expected]] = {
    "case.do": (lambda world: f"/cases/{_case(world)}/acknowledge", _READ_BACK, ("changed", "case")),
    "case_tiers.index": ("/cases/tiers", {"code": "vip", "priority": "2"}, ("changed", "customer_tier")),
    "case_causes.new": ("/cases/causes/new", {"en": "Food", "parent": ""}, ("created", "case_cause")),
    "case_causes.edit": (
        lambda world: f"/cases/causes/{_cause(world)}",
        {"en": "Long waiting"},
        ("changed", "case_cause"),
    ),
    "case_causes.do": (lambda world: f"/cases/causes/{_cause(world)}/end", {}, ("closed", "case_cause")),
}
SEEN: dict[str, tuple[str | Callable[[World], str], Expected]] = {
    "case.show": (lambda world: f"/cases/{_case(world)}", ("saw", "case")),
    "case.file": (lambda world: f"/cases/files/{_file(world)}", ("downloaded", "case")),
    "case_figures.index": ("/cases/figures", ("saw", "cases")),
    "drills.index": ("/duty/drills", ("saw", "drills")),
    "drills.show": (
        lambda world: f"/duty/drills/{world.value(Kind.DRILL, Whose.OWN, 'A')}",
        ("saw", "drill"),
    ),
}
EXEMPT = {
    "case.original": "not for administrators; its entry: see tests/survey/cases/test_pages",
    "cases.assign": "its entries: see tests/survey/cases/test_pages",
}
