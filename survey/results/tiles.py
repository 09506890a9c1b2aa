"""The figures on top of the overview: each with interval, n, change and definition."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace

from flask_babel import gettext as _

from analysis.types import Comparison, Estimate, Group, Verdict
from analysis.wording import (
    base,
    change_sentence,
    estimate_sentence,
    figure,
    interval,
    metric_definition,
    metric_name,
)
from analysis.wording.languages import phrase
from survey.figures import Counts, Subject, group, invitation_rate, responses_series
from survey.processing.counting import RECEIVED
from survey.results.labels import span_label
from survey.results.view import View
from survey.results.weighted import weighted

BALANCE = "sentiment_balance"


@dataclass(frozen=True, slots=True)
class Tile:
    code: str
    title: str
    value: str
    about: str  # interval and n
    sentence: str
    change: str
    mood: str  # good, bad or nothing: only where a change is likely real
    definition: str
    of: str = ""  # the question
    method: str = ""
    weights: str = ""  # said of the figure where weights are asked for


def tiles(view: View) -> list[Tile]:
    made = [_tile(view, metric, subject) for metric, subject in view.key_figures]
    made += _balance(view)
    made = [*made, _responses(view), *_rate(view)]
    return [
        one if one.weights or not view.weighted else replace(one, weights=_unweighted(view)) for one in made
    ]


def _unweighted(view: View) -> str:
    return phrase(view.locale, "weights_off")


def _rate(view: View) -> list[Tile]:
    """On days of its own, where invitations were made on others than answers came."""
    rate = invitation_rate(view.person, view.filters, view.seen, view.min_n)
    if rate is None:
        return []
    tile = _of_estimate(view, "", rate.estimate, rate.change)
    if rate.filters != view.filters:
        days = span_label(rate.filters.first_on, rate.filters.last_on, view.locale)
        tile = replace(tile, about=_("%(figures)s · invitations of %(days)s", figures=tile.about, days=days))
    return [tile]


def _tile(view: View, metric: str, subject: Subject) -> Tile:
    now, before = view.total(subject), view.total(subject, view.before)
    made = group(
        metric,
        "",
        subject.track,
        metric,
        now,
        min_n=view.min_n,
        before=before,
        shown=view.told(subject),
        shown_before=view.told_before(subject),
    )
    if view.weights is None:
        return _of_group(view, made, view.wording(subject))
    cells = view.weights.cells(view.person, view.filters, subject)
    made, text = weighted(view, made, subject, cells)
    return replace(_of_group(view, made, view.wording(subject)), weights=text)


def _balance(view: View) -> list[Tile]:
    """All comments together; which question asked for them is told apart on the comments page."""
    if not view.said:
        return []
    now, before = _comments(view, view.now), _comments(view, view.before)
    made = group(
        BALANCE,
        "",
        view.said[0].track,
        BALANCE,
        now,
        min_n=view.min_n,
        before=before,
        shown=view.told(*view.said),
        shown_before=view.told_before(*view.said),
    )
    return [_of_group(view, made, "")]


def _comments(view: View, of: Counts) -> Counter[str]:
    return sum((view.total(subject, of) for subject in view.said), Counter())


def _responses(view: View) -> Tile:
    series = responses_series(view.version)
    before = view.before[series].get((), Counter())[RECEIVED]
    told = f"{before:,}" if before else _("none")
    if not view.published.shows(series, view.filters.before()):
        told = _("too few to show")
    return Tile(
        code="responses",
        title=_("Responses"),
        value=f"{view.selection.responses:,}",
        about=_("counted, not estimated"),
        sentence="",
        change=_("In the period before: %(n)s.", n=told),
        mood="",
        definition=_("Questionnaires that were sent in these days. Each is counted once."),
    )


def _of_group(view: View, made: Group, of: str) -> Tile:
    return _of_estimate(view, of, made.estimate, made.change)


def _of_estimate(view: View, of: str, estimate: Estimate, change: Comparison | None) -> Tile:
    known = estimate.value is not None
    about = f"{interval(estimate, view.locale)} · {base(estimate, view.locale)}"
    return Tile(
        code=estimate.metric,
        title=metric_name(estimate.metric, view.locale),
        value=figure(estimate, view.locale),
        about=about if known else "",
        sentence=estimate_sentence(estimate, view.locale, view.min_n),
        change=change_sentence(change, view.locale) if change and known else "",
        mood=_mood(change) if known else "",
        definition=metric_definition(estimate.metric, view.locale),
        of=of,
        method=_method(change) if known else "",
    )


def _mood(change: Comparison | None) -> str:
    if change is None or change.difference is None or change.verdict is not Verdict.LIKELY_REAL:
        return ""
    return "good" if change.difference > 0 else "bad"


def _method(change: Comparison | None) -> str:
    if change is None or change.low is None:
        return ""
    names = {
        "newcombe": _("Newcombe's interval for the difference of two shares"),
        "welch": _("Welch's t interval for the difference of two means"),
        "adjusted_wald": _("adjusted Wald intervals (Rocks 2016), squared and added"),
        "square_and_add": _("the two intervals, squared and added"),
    }
    name = names.get(change.method, change.method)
    if change.p is None:
        return str(_("Change: %(method)s.", method=name))
    p = "< 0.001" if change.p < 0.001 else f"= {change.p:.3f}"
    return str(_("Change: %(method)s; P %(p)s.", method=name, p=p))
