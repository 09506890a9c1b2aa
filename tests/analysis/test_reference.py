"""Every method meets the reference values (R and Python agree) within the tolerance of each case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.analysis.reference import METHODS, cases, run

CASES = cases()


def agrees(got: Any, expected: Any, tolerance: dict[str, float]) -> bool:
    """Numbers within the tolerance, all else the same; lists and objects part by part."""
    if isinstance(expected, bool) or isinstance(got, bool) or expected is None or got is None:
        return got is expected
    if isinstance(expected, int | float) and isinstance(got, int | float):
        return bool(abs(got - expected) <= tolerance["abs"] + tolerance["rel"] * abs(expected))
    if isinstance(expected, list) and isinstance(got, list):
        return len(got) == len(expected) and all(
            agrees(one, other, tolerance) for one, other in zip(got, expected, strict=True)
        )
    if isinstance(expected, dict) and isinstance(got, dict):
        return all(key in got and agrees(got[key], expected[key], tolerance) for key in expected)
    return bool(got == expected)


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["method"] in METHODS], ids=lambda case: str(case["id"])
)
def test_the_reference_value_is_met(case: dict[str, Any]) -> None:
    got = run(case["method"], case["input"])
    for key, value in case["expected"].items():
        assert key in got, f"{key} is not delivered"
        assert agrees(got[key], value, case["tolerance"]), f"{key}: {got[key]} instead of {value}"


def test_every_method_of_the_file_is_there() -> None:
    assert {case["method"] for case in CASES} <= METHODS.keys()
