"""How recommendation rises with satisfaction with the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts import loyalty_line
from analysis.statistics.joint import Joint
from analysis.statistics.loyalty_curve import Level, LoyaltyCurve, loyalty_curve, merged_levels
from analysis.wording import chart_text
from analysis.wording.matters import curve_told
from analysis.wording.numbers import number
from survey.figures import Subject
from survey.questions.whole import about_the_whole
from survey.results.cards.card import Card
from survey.results.cards.matters.study import Study, bounds, oriented
from survey.results.cards.tabled import measured
from survey.results.labels import value_labels
from survey.results.tables import Table, whole, words

Row = tuple[str, Level]


def loyalty(study: Study) -> Iterator[Card]:
    found, pair = study.counted.joint, _pair(study)
    if found is None:
        return
    if pair is None:
        yield _missing(
            _("Ask how satisfied people are with the whole and how likely they are to recommend it (NPS).")
        )
        return
    rows, curve = _curve(study, found, *pair)
    if len(rows) < 2 or curve.reason:
        yield _missing(
            _(
                "Too few people, or all alike, answered both questions. Choose a longer period or a larger unit."
            )
        )
        return
    yield _card(study, pair, rows, curve)


def _pair(study: Study) -> tuple[Subject, Subject] | None:
    """Satisfaction and loyalty: the question about the whole, else the main one; the recommendation."""
    loyal = next((one for one in study.scales if one.track.metric == "nps"), None)
    whole_ = (
        one for one in study.scales if about_the_whole(one.track) and one.track.metric not in ("nps", "ces")
    )
    satisfied = next(whole_, None) or next((one for one in study.items if one is study.view.main), None)
    return (satisfied, loyal) if satisfied and loyal else None


def _curve(study: Study, found: Joint, satisfied: Subject, loyal: Subject) -> tuple[list[Row], LoyaltyCurve]:
    """Levels from the worst to the best; neighbours together where few answered one of them."""
    numbers, loyalty_numbers = (
        list(oriented(found, one.track).numbers.values()) for one in (satisfied, loyal)
    )
    table = found.table(satisfied.code, loyal.code)
    order = sorted(range(len(numbers)), key=lambda level: numbers[level])
    counts, scores = [table[level] for level in order], [numbers[level] for level in order]
    names = list(value_labels(satisfied.track, study.view.locale).values())
    stretches = merged_levels(counts, study.view.min_n)
    together = [[sum(column) for column in zip(*(counts[i] for i in one), strict=True)] for one in stretches]
    drawn = loyalty_curve(together, [scores[one.start] for one in stretches], loyalty_numbers)
    labels = [" / ".join(names[order[i]] for i in one) for one in stretches]
    return list(zip(labels, drawn.levels, strict=True)), loyalty_curve(counts, scores, loyalty_numbers)


def _card(study: Study, pair: tuple[Subject, Subject], rows: Sequence[Row], curve: LoyaltyCurve) -> Card:
    locale = study.view.locale
    finding = curve_told(curve, rows[0], rows[-1], locale)
    return Card(
        code="loyalty",
        title=finding.title,
        asked=f"{study.label(pair[0])} → {study.label(pair[1])}",
        sentences=finding.sentences,
        n=curve.n,
        figure=loyalty_line(rows, bounds(pair[1].track), chart_text(locale)),
        table=_table(rows),
        method=study.method(
            (_("Averages"), _("of everybody who answered both, interval by Student's t; levels that fewer than %(n)s chose are joined to their neighbour", n=study.view.min_n)),
            (_("Bend"), _("quadratic regression, coefficient %(b)s, P = %(p)s", b=number(curve.curvature or 0.0, 3, signed=True), p=_p(curve.p))),
        ),
    )  # fmt: skip


def _p(p: float | None) -> str:
    return "–" if p is None else "< 0.001" if p < 0.001 else number(p, 3)


def _table(rows: Sequence[Row]) -> Table:
    made = [[words(label), *measured(one.mean, one.interval, 2), whole(one.n or None)] for label, one in rows]
    return Table([_("Satisfaction"), _("Average recommendation"), _("from"), _("to"), _("n")], made)


def _missing(why: str) -> Card:
    return Card("loyalty", _("How loyalty follows satisfaction cannot be told"), "", [why])
