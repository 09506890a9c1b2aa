"""What was expected and what was experienced, over the persons who answered both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts import dumbbell
from analysis.statistics.gap import Gap, composite_gap, gap
from analysis.statistics.joint import Joint
from analysis.wording import chart_text
from analysis.wording.dimensions import gaps_told
from survey.figures import Subject
from survey.questions.definition import definition_of
from survey.results.cards.card import Card
from survey.results.cards.matters.study import Study, bounds, oriented
from survey.results.cards.tabled import measured, told
from survey.results.tables import Table, whole, words

Pair = tuple[Subject, Subject]  # expected, experienced
Row = tuple[str, Gap]


def gaps(study: Study) -> Iterator[Card]:
    found, pairs = study.counted.joint, _pairs(study)
    if found is None or not pairs:
        return
    scales = {bounds(one.track) for one, _other in pairs}
    rows = _rows(study, found, pairs)
    if not any(one.gap is not None for _label, one in rows):
        yield Card("gaps", _("Expected and experienced cannot be compared"), "", [
            _("Too few people answered both questions of a pair. Choose a longer period or a larger unit.")])  # fmt: skip
    elif len(scales) > 1:
        yield Card("gaps", _("Expected and experienced cannot be compared"), "", [
            _("The pairs have different scales; give all of them the same one.")])  # fmt: skip
    else:
        yield _card(study, rows, next(iter(scales)))


def _pairs(study: Study) -> list[Pair]:
    scales = {one.code: one for one in study.scales}
    return [
        (one, scales[one.track.expectation_of])
        for one in study.scales
        if one.track.expectation_of and one.track.expectation_of in scales
    ]


def _rows(study: Study, found: Joint, pairs: Sequence[Pair]) -> list[Row]:
    """One a dimension with all its pairs where everybody was asked them, else one a question."""
    grouped: dict[str, list[Pair]] = {}
    for one, other in pairs:
        grouped.setdefault(other.track.dimension or "", []).append((one, other))
    asked = [one for pair in pairs for one in pair]
    if "" in grouped or len(grouped) < 2 or len(study.complete(asked)) < len(asked):
        return [(study.label(other), _gap(found, one, other)) for one, other in pairs]
    names = definition_of(study.view.version).dimensions
    return [(names[code].say(study.view.locale), _whole(found, own)) for code, own in grouped.items()]


def _gap(found: Joint, expected: Subject, experienced: Subject) -> Gap:
    return gap(found.pair_sums(oriented(found, expected.track), oriented(found, experienced.track)))


def _whole(found: Joint, pairs: Sequence[Pair]) -> Gap:
    """The gap of a dimension: of the persons complete in it."""
    columns = [oriented(found, pair[side].track) for side in (0, 1) for pair in pairs]
    return composite_gap(found.sums(columns))


def _card(study: Study, rows: Sequence[Row], ends: tuple[float, float]) -> Card:
    locale = study.view.locale
    finding = gaps_told(rows, _mean(rows), ends, locale)
    return Card(
        code="gaps",
        title=finding.title,
        asked="",
        sentences=finding.sentences,
        n=max(one.n for _label, one in rows),
        figure=dumbbell(rows, chart_text(locale)),
        table=_table(rows),
        method=study.method(
            (_("Method"), _("mean of experience minus expectation of the same persons, paired t interval (SERVQUAL; Parasuraman, Zeithaml and Berry 1988)")),
        ),
    )  # fmt: skip


def _mean(rows: Sequence[Row]) -> tuple[float, float] | None:
    known = [(one.expected, one.perceived) for _label, one in rows if one.expected is not None and one.perceived is not None]  # fmt: skip
    if not known:
        return None
    return sum(one for one, _ in known) / len(known), sum(other for _, other in known) / len(known)


def _table(rows: Sequence[Row]) -> Table:
    made = []
    for label, one in rows:
        ends = (one.low, one.high) if one.low is not None and one.high is not None else None
        expected, got = told(one.expected, 2), told(one.perceived, 2)
        made.append(
            [words(label), expected, got, *measured(one.gap, ends, 2, signed=True), whole(one.n or None)]
        )
    return Table(
        [_("Dimension"), _("Expected"), _("Experienced"), _("Gap"), _("from"), _("to"), _("n")], made
    )
