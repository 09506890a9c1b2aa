"""Figures at known totals' weights, and what each figure then says of itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask_babel import format_date

from analysis.types import Group, Reason
from analysis.wording.languages import phrase
from analysis.wording.weights import margin_names, weights_figure, weights_problem
from survey.figures import Key, Subject, Weighting
from survey.locales import NAMES, say
from survey.models import KnownTotals, Margin
from survey.names import CHANNELS
from survey.results.view import View


@dataclass(frozen=True, slots=True)
class Said:
    """Above the figures: to what they are weighted and from where it is known, or why they are not."""

    problem: str
    margins: str
    sources: list[str]


def said(view: View) -> Said | None:
    """None where no weights were asked for."""
    found = view.weighting
    if found is None:
        return None
    problem = weights_problem(found.problem, _lacking(view, found), view.locale) if found.problem else ""
    sources = [_source(one, view.locale) for one in found.known]
    return Said(problem, margin_names(found.margins, view.locale), sources)


def _source(one: KnownTotals, locale: str) -> str:
    name = phrase(locale, f"weights_margin_{one.margin}")
    return phrase(
        locale, "weights_source", margin=name, source=one.source, day=format_date(one.as_of, "long")
    )


def _lacking(view: View, found: Weighting) -> list[str]:
    """By name; of units only those that this person sees."""
    seen = {unit.code for unit in view.seen.units.values()}
    return [
        category_name(view, margin, code)
        if margin != Margin.UNIT or code in seen
        else phrase(view.locale, "weights_margin_unit")
        for margin, code in found.lacking
    ]


def category_name(view: View, margin: str, code: str) -> str:
    if margin == Margin.SERVICE_TYPE:
        return next(
            (say(s.names, view.locale) for s in view.seen.service_types.values() if s.code == code), code
        )
    if margin == Margin.UNIT:
        return next((say(u.names, view.locale) for u in view.seen.units.values() if u.code == code), code)
    return str((CHANNELS if margin == Margin.CHANNEL else NAMES).get(code, code))


def weighted(
    view: View, made: Group, subject: Subject, cells: Mapping[Key, Counter[str]]
) -> tuple[Group, str]:
    """The group at its weights and what is said of it; hidden stays hidden. Without a change: that is not weighted."""
    if view.weights is None or made.estimate.reason is Reason.SUPPRESSED:
        return made, ""
    found = view.weights.estimate(subject, made.estimate.metric, cells)
    text = weights_figure(view.weights.margins, found.effect, view.locale)
    return replace(made, estimate=found.estimate, distribution=None, change=None), text


def by_unit(view: View, cells: Mapping[Key, Counter[str]]) -> dict[int, dict[Key, Counter[str]]]:
    """The cells of each compared unit."""
    found: dict[int, dict[Key, Counter[str]]] = {}
    for key, counted in cells.items():
        unit: int = key[0]
        found.setdefault(view.onto.get(unit, unit), {})[key] = counted
    return found
