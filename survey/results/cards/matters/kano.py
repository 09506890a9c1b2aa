"""Kano's classes of features, from how people would feel with and without them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts import kano_map
from analysis.statistics.kano import Kano, kano
from analysis.wording import chart_text
from analysis.wording.kano import FEATURES, kano_told
from analysis.wording.languages import phrase
from survey.figures import Subject
from survey.results.cards.card import Card
from survey.results.cards.matters.study import Study
from survey.results.cards.tabled import measured
from survey.results.tables import Table, whole, words

Row = tuple[str, Kano]


def features(study: Study) -> Iterator[Card]:
    found, pairs = study.counted.joint, _pairs(study)
    if found is None or not pairs:
        return
    rows = [
        (study.label(with_it), kano(found.table(with_it.code, without.code))) for with_it, without in pairs
    ]
    if not any(one.n for _label, one in rows):
        said = _("Too few people answered both questions of a pair. Choose a longer period or a larger unit.")
        yield Card("kano", _("What pleases and displeases cannot be told"), "", [said])
        return
    yield _card(study, rows)


def _pairs(study: Study) -> list[tuple[Subject, Subject]]:
    """With the feature, without it."""
    found = study.counted.joint
    known = {item.code for item in found.items} if found else set()
    asked = study.view.subjects
    return [
        (asked[one.track.absence_of], one)
        for one in asked.values()
        if one.track.absence_of and {one.code, one.track.absence_of} <= known
    ]


def _card(study: Study, rows: Sequence[Row]) -> Card:
    locale = study.view.locale
    finding = kano_told(rows, locale)
    return Card(
        code="kano",
        title=finding.title,
        asked="",
        sentences=finding.sentences,
        n=max(one.n for _label, one in rows),
        figure=kano_map(rows, chart_text(locale)),
        table=_table(rows, locale),
        method=study.method(
            (_("Method"), _("5 × 5 table of Kano (1984), the most frequent class; Better and Worse with Wilson's intervals (Berger and others 1993)")),
            (_("Clear"), _("the most frequent class leads by more than chance (Fong 1996)")),
        ),
    )  # fmt: skip


def _table(rows: Sequence[Row], locale: str) -> Table:
    classes = [phrase(locale, f"matters_kano_{name}") for name in FEATURES]
    heads = [_("Feature"), *classes, _("n"), _("Class"), _("Clear?"), _("Can please"), _("from"), _("to")]
    made = []
    for place, (label, one) in enumerate(rows, start=1):
        clear = phrase(locale, "matters_sure" if one.fong_significant else "matters_unsure")
        made.append(
            [
                words(f"{place} {label}"),
                *(whole(one.counts[name]) for name in FEATURES),
                whole(one.n or None),
                words(phrase(locale, f"matters_kano_{one.category}") if one.category else ""),
                words(clear if one.category else ""),
                *measured(one.better, one.better_interval, 2),
                *measured(one.worse, one.worse_interval, 2),
            ]
        )
    return Table([*heads, _("Lack displeases"), _("from"), _("to")], made)
