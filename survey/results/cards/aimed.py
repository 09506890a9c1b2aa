"""The targets of the main question, drawn into the overview's pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _

from analysis.charts import Figure
from analysis.charts.target_lines import over_periods, over_rows
from analysis.types import Group
from analysis.wording.targets import target_name
from survey.models import Unit
from survey.results.view import View

Levels = Sequence[float | None]


def aimed_periods(view: View, figure: Figure, groups: Sequence[Group]) -> Figure:
    """`groups` are the periods of the picture, known by their first days; each has the target of that day."""
    unit = view.seen.at(view.filters.unit_path) or _only(view.seen.roots)
    levels = [_level(view, unit, date.fromisoformat(group.key)) for group in groups]
    return over_periods(figure, levels, _name(levels, groups, view.locale))


def aimed_units(view: View, figure: Figure, groups: Sequence[Group]) -> Figure:
    """`groups` are the units of the picture, known by their ids; each has its target of the last day."""
    units = [view.seen.units.get(int(group.key)) for group in groups]
    levels = [_level(view, unit, view.filters.last_on) for unit in units]
    return over_rows(figure, levels, _name(levels, groups, view.locale))


def _level(view: View, unit: Unit | None, day: date) -> float | None:
    return view.targets.value(unit, view.main.code, view.metric, day) if view.main else None


def _only(units: Sequence[Unit]) -> Unit | None:
    return units[0] if len(units) == 1 else None


def _name(levels: Levels, groups: Sequence[Group], locale: str) -> str:
    known = {level for level in levels if level is not None}
    return target_name(known.pop(), groups[0].estimate, locale) if len(known) == 1 else _("Target")
