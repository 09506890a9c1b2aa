"""Importance against performance: what to improve first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts import quadrant
from analysis.statistics.correlation import correlation_interval
from analysis.statistics.importance import ImportancePerformance, Measured, Placed, quadrants
from analysis.statistics.joint import Joint
from analysis.statistics.moments import moments, t_interval
from analysis.wording import chart_text
from analysis.wording.languages import phrase
from analysis.wording.matters import priorities_told
from survey.figures import Subject
from survey.results.cards.card import Card
from survey.results.cards.matters.study import Study, bounds, oriented
from survey.results.cards.tabled import measured
from survey.results.tables import Table, whole, words

FEWEST = 2  # with one question there is no average to compare with


def priorities(study: Study) -> Iterator[Card]:
    found, outcome, items = study.counted.joint, study.outcome, study.items
    if found is None or outcome is None or outcome not in study.scales or len(items) < FEWEST:
        return
    importance = [importance_of(found, one, outcome) for one in items]
    placed = quadrants([one for one, _n in importance], [performance_of(found, one) for one in items])
    if not any(one.quadrant for one in placed.items):
        yield _missing()
        return
    yield _card(study, items, placed, [n for _one, n in importance])


def importance_of(found: Joint, item: Subject, outcome: Subject) -> tuple[Measured, int]:
    """The correlation with the outcome over everybody who answered both, and how many they are."""
    pair = found.pair_sums(oriented(found, item.track), oriented(found, outcome.track))
    r = pair.correlation(0, 1)
    return Measured(r, correlation_interval(r, pair.n)), pair.n


def performance_of(found: Joint, item: Subject) -> Measured:
    """The mean on 0–100 of everybody who answered, 100 the best."""
    low, high = bounds(item.track)
    numbers = oriented(found, item.track).numbers
    sample = moments(found.counts(item.code), {k: 100 * (x - low) / (high - low) for k, x in numbers.items()})
    if sample is None:
        return Measured(None)
    ends = t_interval(sample)
    return Measured(sample.mean, (max(0.0, ends[0]), min(100.0, ends[1])) if ends else None)


def _card(study: Study, items: Sequence[Subject], placed: ImportancePerformance, n: Sequence[int]) -> Card:
    locale = study.view.locale
    labels = [study.label(one) for one in items]
    finding = priorities_told(placed, labels, locale)
    return Card(
        code="priorities",
        title=finding.title,
        asked=study.label(study.outcome) if study.outcome else "",
        sentences=[*finding.sentences, phrase(locale, "matters_cause")],
        n=max(n) or None,
        figure=quadrant(labels, placed, chart_text(locale)),
        table=_table(labels, placed.items, n, locale),
        wide=True,
        method=study.method(
            (_("Importance"), _("Pearson's r with the outcome, of everybody who answered both; interval by Fisher's z")),
            (_("How well it is done"), _("mean on 0–100 of everybody who answered; interval by Student's t")),
            (_("Quadrants"), _("cut at the averages of the questions (Martilla and James 1977); “likely real” where neither interval crosses its cut")),
        ),
    )  # fmt: skip


def _table(labels: Sequence[str], items: Sequence[Placed], n: Sequence[int], locale: str) -> Table:
    heads = [_("Question"), _("Importance"), _("from"), _("to"), _("How well it is done"), _("from"), _("to")]
    rows = []
    for place, (label, one, persons) in enumerate(zip(labels, items, n, strict=True), start=1):
        sure = phrase(locale, "matters_sure" if one.sure else "matters_unsure") if one.quadrant else ""
        rows.append(
            [
                words(f"{place} {label}"),
                *measured(one.importance, one.importance_interval, 2),
                *measured(one.performance, one.performance_interval, 1),
                whole(persons or None),
                words(phrase(locale, f"matters_{one.quadrant}") if one.quadrant else ""),
                words(sure),
            ]
        )
    return Table([*heads, _("n"), _("What to do"), _("Sure?")], rows)


def _missing() -> Card:
    said = _("No question was answered both ways by enough people to say how it goes with the outcome.")
    return Card("priorities", _("What to improve first cannot be told"), "", [said])
