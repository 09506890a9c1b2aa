"""Requests about actions, targets and benchmarks that succeed, and the entries they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.survey.access.doors import ACTION, TARGET
from tests.survey.access.world import Kind, Whose, World

Given = dict[str, Any]
Expected = tuple[str, str]  # deed and kind


def action(world: World) -> str:
    return f"/improve/actions/{world.value(Kind.ACTION, Whose.OWN, 'A')}"


def _target(world: World) -> str:
    return f"/improve/targets/{world.value(Kind.TARGET, Whose.OWN, 'A')}/end"


def _benchmark(world: World) -> str:
    return f"/improve/benchmarks/{world.value(Kind.BENCHMARK, Whose.OWN, 'A')}/remove"


CHANGES: dict[str, tuple[str | Callable[[World], str], Given, Expected]] = {
    "actions.new": (
        "/improve/actions/new?questionnaire=small",
        ACTION | {"units": "mine-ward"},
        ("created", "action"),
    ),
    "actions.amend": (
        lambda world: action(world) + "/amend",
        ACTION | {"units": "mine-ward", "why": "a slip"},
        ("changed", "action"),
    ),
    "actions.stop": (lambda world: action(world) + "/stop", {"why": "done"}, ("closed", "action")),
    "targets.new": (
        "/improve/targets/new?questionnaire=small",
        TARGET | {"unit": "mine-ward"},
        ("created", "target"),
    ),
    "targets.end": (_target, {"valid_to": "2026-11-30"}, ("changed", "target")),
    "targets.import_file": (
        "/improve/benchmarks/import",
        {"store": "1", "text": "code,metric,value,source,date\nstaff,csat,81,B,2026-01-01\n"},
        ("changed", "benchmarks"),
    ),
    "targets.remove_benchmark": (_benchmark, {}, ("deleted", "benchmarks")),
}
SEEN: dict[str, tuple[str | Callable[[World], str], Expected]] = {
    "actions.show": (action, ("saw", "action")),
    "targets.index": ("/improve/targets?questionnaire=small&unit=mine&period=all", ("saw", "results")),
}
