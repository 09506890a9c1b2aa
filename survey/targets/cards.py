"""Whether the targets are met on the chosen days, and how the figures lie beside those from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from analysis.charts import beside_benchmarks, dots_with_whiskers
from analysis.charts.target_lines import over_rows
from analysis.statistics import METRICS
from analysis.statistics.attainment import attainment
from analysis.statistics.proportion import wilson
from analysis.types import Estimate, Group, Reason
from analysis.wording import chart_text, metric_name
from analysis.wording.numbers import ABSENT, in_unit
from analysis.wording.targets import (
    benchmark_sentence,
    standing_word,
    standings_sentence,
    target_name,
    target_sentence,
)
from survey.figures import Dimension, Subject, group, metrics_of
from survey.figures.measures import smaller_is_better
from survey.models import Benchmark, Target, Unit
from survey.results.cards import Card
from survey.results.labels import unit_label
from survey.results.tables import Cell, Table, end, figure_headers, figures, words
from survey.results.view import View

Row = tuple[Unit, Group, Target]


def cards(view: View, known: Sequence[Benchmark]) -> Iterator[Card]:
    """A card for each question and metric with a target, then one for each with a benchmark."""
    ordered = sorted(view.scored, key=lambda subject: subject is not view.main)
    for subject in ordered:
        for metric in metrics_of(subject.track):
            yield from _attained(view, subject, metric)
    for subject in ordered:
        for metric in metrics_of(subject.track):
            beside = [one for one in known if (one.code, one.metric) == (subject.code, metric)]
            if beside:
                yield _beside(view, subject, metric, beside)


def _attained(view: View, subject: Subject, metric: str) -> Iterator[Card]:
    rows = list(_rows(view, subject, metric))
    if not rows:
        return
    scale = subject.track.scale
    at_most = smaller_is_better(metric, scale)
    groups = [made for _unit, made, _target in rows]
    standings = [attainment(made.estimate, target.value, at_most=at_most) for _unit, made, target in rows]
    values = [target.value for _unit, _made, target in rows]
    text = chart_text(view.locale)
    name = target_name(values[0], groups[0].estimate, view.locale) if len(set(values)) == 1 else _("Target")
    sentences = [standings_sentence(standings, view.locale)]
    if len(rows) == 1:
        sentences = [target_sentence(groups[0].estimate, values[0], at_most, view.locale)]
    heads = [_("Unit"), *figure_headers(), _("Target"), _("Standing"), _("Set for")]
    yield Card(
        code=f"target-{subject.code}-{metric}",
        title=_("%(metric)s against the target", metric=metric_name(metric, view.locale)),
        asked=view.wording(subject),
        sentences=sentences,
        figure=over_rows(dots_with_whiskers(groups, overall=None, text=text), values, name),
        table=Table(heads, [_told(view, row, at_most) for row in rows]),
        wide=True,
        note=_("Met or not met is said where the whole interval lies on one side of the target."),
    )


def _rows(view: View, subject: Subject, metric: str) -> Iterator[Row]:
    """The compared units with a target on the last of the chosen days: those that are asked, or have one of their own."""
    day = view.filters.last_on
    held = [(unit, view.targets.of(unit, subject.code, metric, day)) for unit in view.units]
    if not any(target for _unit, target in held):
        return
    found: dict[int, Counter[str]] = {
        key[0]: counted for key, counted in view.split(subject, Dimension.UNIT).items()
    }
    for unit, target in held:
        if target is not None:
            made = group(
                str(unit.id),
                unit_label(view.seen, unit.id, view.locale),
                subject.track,
                metric,
                found.get(unit.id, Counter()),
                min_n=view.min_n,
                shown=view.told_of([subject], unit.id),
            )
            if made.estimate.reason is not Reason.NO_ANSWERS or target.unit_id == unit.id:
                yield unit, made, target


def _told(view: View, row: Row, at_most: bool) -> list[Cell]:
    _unit, made, target = row
    standing = attainment(made.estimate, target.value, at_most=at_most)
    known = target.unit_id in view.seen.units
    return [
        words(made.label),
        *figures(made.estimate, view.locale),
        Cell(in_unit(target.value, made.estimate.unit), target.value),
        Cell(standing_word(standing, view.locale), str(standing)),
        words(unit_label(view.seen, target.unit_id, view.locale) if known else _("a unit above")),
    ]


def _beside(view: View, subject: Subject, metric: str, known: Sequence[Benchmark]) -> Card:
    ours = group(
        "", "", subject.track, metric, view.total(subject), min_n=view.min_n, shown=view.told(subject)
    ).estimate
    heads = [_("Source"), _("Date"), _("Population"), *figure_headers()]
    here = [words(_("Here")), Cell(ABSENT, None), Cell(ABSENT, None), *figures(ours, view.locale)]
    theirs = [(one, estimate_of(one, ours)) for one in known]
    drawn = [Group(str(one.id), f"{one.source} ({one.measured_on.year})", there) for one, there in theirs]
    return Card(
        code=f"benchmark-{subject.code}-{metric}",
        title=_("%(metric)s beside others", metric=metric_name(metric, view.locale)),
        asked=view.wording(subject),
        sentences=[
            f"{one.source} ({one.measured_on.isoformat()}): {benchmark_sentence(ours, there, view.locale)}"
            for one, there in theirs
        ],
        n=ours.n or None,
        figure=beside_benchmarks(Group("", _("Here"), ours), drawn, chart_text(view.locale)),
        table=Table(heads, [here, *(_outside(one, there) for one, there in theirs)]),
        wide=True,
        note=_(
            "Other people were asked there, perhaps in another way: a difference need not be one of service."
        ),
    )


def estimate_of(one: Benchmark, ours: Estimate) -> Estimate:
    """As an estimate on our scale; the interval of a share follows from its n where none is given."""
    low, high = one.low, one.high
    if low is None and one.metric == "csat" and one.n:
        found = wilson(one.value * one.n / 100, one.n)
        low, high = (100 * found[0], 100 * found[1]) if found else (None, None)
    return replace(ours, value=one.value, low=low, high=high, n=one.n or 0, reason=None)


def _outside(one: Benchmark, there: Estimate) -> list[Cell]:
    unit = METRICS[one.metric].unit
    return [
        words(one.source),
        words(one.measured_on.isoformat()),
        words(one.population or ABSENT),
        Cell(in_unit(one.value, unit), one.value),
        end(there, there.low),
        end(there, there.high),
        Cell(f"{one.n:,}" if one.n else ABSENT, one.n),
    ]
