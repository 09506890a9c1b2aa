"""Whether the questions go together, version beside version; what is wrong with the newest one in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.types import Reason
from analysis.wording import reason_text
from analysis.wording.instrument import alpha_told, item_rest_told, quality_told
from analysis.wording.languages import phrase
from survey.results.cards.card import Card
from survey.results.cards.instrument.edition import Scale, Tested
from survey.results.cards.tabled import measured, told
from survey.results.tables import Cell, Table, whole, words
from survey.results.view import View


def reliability(view: View, known: Sequence[Tested], hidden: Sequence[int]) -> Card:
    newest = known[0]
    wrong = list(_wrong(view, newest))
    title = phrase(view.locale, "instrument_title_wrong" if wrong else "instrument_title_fine", n=len(wrong))
    return Card(
        code="reliability",
        title=title,
        asked=_("Version %(v)s, %(days)s", v=newest.edition.version.number, days=newest.days),
        sentences=wrong,
        n=newest.scales[0].alpha.n or None,
        table=_table(view, known),
        wide=True,
        note=_note(hidden),
        method=_method(),
    )


def _wrong(view: View, one: Tested) -> Iterator[str]:
    locale = view.locale
    for scale in one.scales:
        name = _name(scale, locale)
        yield from filter(None, [alpha_told(name, scale.alpha, locale)])
    whole_ = one.scales[0]
    for subject, r in zip(whole_.items, whole_.alpha.item_rest_r, strict=True):
        yield from filter(None, [item_rest_told(view.wording(subject), r, whole_.alpha.n, locale)])
    for subject, quality in one.quality:
        if subject.track.expectation_of is None:
            yield from quality_told(view.wording(subject), quality, locale)


def _name(scale: Scale, locale: str) -> str:
    whole_ = phrase(locale, "instrument_whole")
    return phrase(locale, "instrument_list", label=scale.name) if scale.name else whole_


def _table(view: View, known: Sequence[Tested]) -> Table:
    heads = [
        _("Questions of"),
        _("Version"),
        _("Days"),
        _("Questions"),
        _("n"),
        _("Alpha"),
        _("from"),
        _("to"),
    ]
    rows = []
    names = dict.fromkeys(scale.name for one in known for scale in one.scales)
    for name in names:
        for one in known:
            for scale in one.scales:
                if scale.name == name:
                    rows.append(_row(view, one, scale))
    return Table([*heads, _("Standardised"), _("Omega")], rows)


def _row(view: View, one: Tested, scale: Scale) -> list[Cell]:
    found = scale.alpha
    low, high = found.low, found.high
    ends = (low, high) if low is not None and high is not None else None
    figures = measured(found.alpha, ends, 2)
    if found.alpha is None:
        figures[0] = Cell(_because(found.reason, view), None)
    return [
        words(scale.name or _("the whole questionnaire")),
        whole(one.edition.version.number),
        words(one.days),
        whole(len(scale.items)),
        whole(found.n or None),
        *figures,
        told(found.std_alpha, 2),
        told(scale.omega.omega, 2),
    ]


def _because(reason: Reason | None, view: View) -> str:
    if reason is Reason.NOT_APPLICABLE:
        return _("needs two questions on one scale")
    return reason_text(reason or Reason.NO_ANSWERS, view.locale, view.min_n)


def _note(hidden: Sequence[int]) -> str:
    left = _(
        "Not shown, for want of a month of their own or of answers: version %(versions)s.",
        versions=", ".join(str(number) for number in hidden),
    )
    return left if hidden else ""


def _method() -> list[tuple[str, str]]:
    return [
        ("Alpha", _("Cronbach 1951, with Feldt's interval (1965), of the questions about parts of the service that share a scale")),
        ("Omega", _("McDonald 1999, one factor by maximum likelihood; needs three questions")),
        (_("Persons"), _("complete in all scales of the version")),
        (_("Said in words"), _("alpha below 0.7 or above 0.95, correlation with the rest below 0.3, more than 80% at one end, 20% not applicable or 10% not answered, each with its whole interval")),
    ]  # fmt: skip
