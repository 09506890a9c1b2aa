"""What was answered: scales together where they are the same, choices one by one."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _

from analysis.charts import choice_bars, diverging_bars, nps_bars
from analysis.statistics import hide, shares
from analysis.types import Estimate, Group, Reason, Unit
from analysis.wording import chart_text, figure, question_sentences, reason_text
from survey.figures import Subject, base, distribution, group, metrics_of
from survey.results.cards.card import Card
from survey.results.labels import drawable, value_labels
from survey.results.tables import Table, counts_table, figure_headers, figures, words
from survey.results.view import View


def scales(view: View) -> Iterator[Card]:
    """One picture for all questions with the same values and labels; the NPS by itself."""
    alike: dict[tuple[object, ...], list[Subject]] = {}
    for subject in view.scored:
        if drawable(subject.track.scale):
            labels = tuple(value_labels(subject.track, view.locale).items())
            alike.setdefault((metrics_of(subject.track)[0], labels), []).append(subject)
    for number, subjects in enumerate(alike.values(), start=1):
        title = _("What was answered") if number == 1 else _("What was answered (%(n)s)", n=number)
        yield _scale(view, f"answers-{number}", title, subjects)


def _scale(view: View, code: str, title: str, subjects: list[Subject]) -> Card:
    track = subjects[0].track
    labels, text = value_labels(track, view.locale), chart_text(view.locale)
    metric = metrics_of(track)[0]
    groups = [
        group(s.code, view.wording(s), s.track, metric, view.total(s), min_n=view.min_n, shown=view.told(s))
        for s in subjects
    ]
    scale = track.scale
    if scale is None:
        raise ValueError("only scales are drawn here")
    drawn = nps_bars(groups, scale, text) if metric == "nps" else diverging_bars(groups, scale, labels, text)
    return Card(
        code=code,
        title=title if len(groups) > 1 else groups[0].label,
        asked="",
        sentences=question_sentences(groups, view.locale) if len(groups) > 1 else [],
        n=max(one.estimate.n for one in groups) or None,
        figure=drawn,
        table=counts_table(_("Question"), groups, labels, view.locale),
        wide=len(groups) > 1,
    )


def chosen(view: View) -> Iterator[Card]:
    for subject in view.subjects.values():
        if subject.track.kind == "chosen" and subject.track.scale is None:
            yield _choice(view, subject)


def _choice(view: View, subject: Subject) -> Card:
    counted = distribution(subject.track, view.total(subject))
    labels = value_labels(subject.track, view.locale)
    one = Group(subject.code, view.wording(subject), _whole(counted.n), counted)
    if not view.told(subject) or 0 < base(counted) < view.min_n:
        one = hide(one)
    found = shares(counted) if one.distribution else {}
    most = max(found, key=lambda value: found[value].value or 0.0, default=None)
    sentence = reason_text(one.estimate.reason, view.locale, view.min_n) if one.estimate.reason else ""
    if most is not None and found[most].value:
        share = figure(found[most], view.locale)
        sentence = _("Chosen most often: %(label)s (%(share)s).", label=labels.get(most, most), share=share)
    rows = [[words(labels.get(value, value)), *figures(share, view.locale)] for value, share in found.items()]
    return Card(
        code=f"choice-{subject.code}",
        title=view.wording(subject),
        asked="",
        sentences=[sentence],
        n=counted.n if one.distribution else None,
        figure=choice_bars(one, labels, chart_text(view.locale)),
        table=Table([_("Answer"), *figure_headers()], rows),
    )


def _whole(n: int) -> Estimate:
    """A choice has shares instead of one figure; this carries n and why there is nothing to show."""
    reason = Reason.NOT_APPLICABLE if n else Reason.NO_ANSWERS
    return Estimate(None, None, None, n, Unit.PERCENT, "share", reason)
