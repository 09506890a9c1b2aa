"""Each question of a version: how it goes with the others, and where its answers pile up or are missing."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from analysis.statistics.correlation import correlation_interval
from analysis.statistics.intervals import scaled
from analysis.statistics.item_quality import ItemQuality, Part
from survey.figures import Subject
from survey.results.cards.card import Card
from survey.results.cards.instrument.edition import Tested
from survey.results.cards.tabled import measured, told
from survey.results.tables import Cell, Table, whole, words
from survey.results.view import View


def questions(view: View, one: Tested) -> Card:
    version = one.edition.version.number
    return Card(
        code=f"questions-{version}",
        title=_("The questions of version %(v)s", v=version),
        asked=one.days,
        sentences=[],
        n=one.scales[0].alpha.n or None,
        table=_table(view, one),
        wide=True,
        method=[
            (_("Correlation with the rest"), _("each question with the sum of the others on its scale; interval by Fisher's z")),
            (_("Best and worst answer"), _("share of the valid answers, Wilson's interval")),
            (_("Not applicable, not answered"), _("share of all who were asked")),
        ],
    )  # fmt: skip


def _table(view: View, one: Tested) -> Table:
    scale = one.scales[0]
    codes = [subject.code for subject in scale.items]
    rest = dict(zip(codes, scale.alpha.item_rest_r, strict=True))
    dropped = dict(zip(codes, scale.alpha.alpha_if_dropped, strict=True))
    rows = []
    for subject, quality in one.quality:
        r = rest.get(subject.code)
        rows.append(
            [
                words(_label(view, subject)),
                *measured(r, correlation_interval(r, scale.alpha.n), 2),
                told(dropped.get(subject.code), 2),
                *_shares(quality),
            ]
        )
    return Table(_heads(), rows)


def _label(view: View, subject: Subject) -> str:
    label = view.wording(subject)
    return _("%(q)s (expected)", q=label) if subject.track.expectation_of else label


def _heads() -> Sequence[str]:
    first = [_("Question"), _("Correlation with the rest"), _("from"), _("to"), _("Alpha without it")]
    shares = [
        _("Best answer in percent"),
        _("Worst answer in percent"),
        _("Not applicable in percent"),
        _("Not answered in percent"),
    ]
    ends = [head for share in shares for head in (share, _("from"), _("to"))]
    return [*first, _("n"), *ends]


def _shares(quality: ItemQuality) -> list[Cell]:
    parts = (quality.best, quality.worst, quality.not_applicable, quality.missing)
    return [whole(quality.n or None), *(cell for part in parts for cell in _percent(part))]


def _percent(part: Part) -> list[Cell]:
    value = None if part.value is None else 100 * part.value
    return measured(value, scaled(part.interval, 100) if part.interval else None, 1)
