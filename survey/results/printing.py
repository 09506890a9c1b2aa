"""Groups of figures as plain values, and these as CSV and as a table for a terminal."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from analysis.types import Estimate
from survey.cells import neutral_row
from survey.figures import GroupFigures

Shown = dict[str, Any]
_SHARE = "share:"


def groups_of(figures: Iterable[GroupFigures]) -> list[Shown]:
    """As documented in docs/export.md: percentages 0 to 100, nothing but the names where n is too small."""
    return [_group(group) for group in figures]


def _group(group: GroupFigures) -> Shown:
    shown: Shown = {str(dimension): name for dimension, name in group.names.items()}
    counted = group.distribution
    if counted is None:
        return shown | {"suppressed": True}
    shown |= {"n": counted.n, "not_applicable": counted.not_applicable, "missing": counted.missing}
    if counted.undecided:
        shown["undecided"] = counted.undecided
    shown["counts"] = dict(counted.counts)
    for metric, estimate in group.estimates.items():
        if metric.startswith(_SHARE):
            shown.setdefault("shares", {})[metric.removeprefix(_SHARE)] = _interval(estimate)
        else:
            shown[metric] = _interval(estimate)
    return shown


def _interval(estimate: Estimate) -> Shown:
    shown: Shown = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
    return shown | ({"reason": estimate.reason.value} if estimate.reason else {})


def flat(group: Shown) -> dict[str, Any]:
    """One level: counts as `count:5`, figures as `csat`, `csat_low`, `csat_high`."""
    found: dict[str, Any] = {}
    for name, value in group.items():
        if name == "counts":
            found |= {f"count:{code}": n for code, n in value.items()}
        elif name == "shares":
            for code, interval in value.items():
                found |= _ends(f"{_SHARE}{code}", interval)
        elif isinstance(value, Mapping):
            found |= _ends(name, value)
        else:
            found[name] = value
    return found


def _ends(name: str, interval: Mapping[str, Any]) -> dict[str, Any]:
    return {name: interval["value"], f"{name}_low": interval["low"], f"{name}_high": interval["high"]}


def as_csv(groups: Sequence[Shown]) -> str:
    rows = [flat(group) for group in groups]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(neutral_row(columns))
    writer.writerows(neutral_row(row.get(column) for column in columns) for row in rows)
    return text.getvalue()


def as_table(groups: Sequence[Shown]) -> str:
    rows = [_printed(group) for group in groups]
    columns = list(dict.fromkeys(name for row in rows for name in row))
    if not columns:
        return "no answers\n"
    lines = [dict(zip(columns, columns, strict=True)), *rows]
    widths = {column: max(_width(line.get(column, "")) for line in lines) for column in columns}
    padded = (
        "  ".join(_pad(line.get(column, ""), widths[column]) for column in columns).rstrip() for line in lines
    )
    return "\n".join(padded) + "\n"


def _printed(group: Shown) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in group.items():
        if name == "counts":
            found |= {code: str(n) for code, n in value.items()}
        elif name == "shares":
            found |= {f"{_SHARE}{code}": _words(interval) for code, interval in value.items()}
        elif name == "suppressed":
            found["n"] = "too few"
        else:
            found[name] = _words(value) if isinstance(value, Mapping) else str(value)
    return found


def _words(interval: Mapping[str, Any]) -> str:
    if interval["value"] is None:
        return "–"
    ends = f" ({interval['low']:.2f}…{interval['high']:.2f})" if interval["low"] is not None else ""
    return f"{interval['value']:.2f}{ends}"


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
