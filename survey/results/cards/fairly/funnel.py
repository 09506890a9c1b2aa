"""Who stands out, after allowing for chance, the usual variety, and the number of comparisons."""

from __future__ import annotations

from flask_babel import gettext as _

from analysis.charts import Spot, funnel_chart
from analysis.types import Group
from analysis.wording import chart_text, fairly
from analysis.wording.languages import counted, phrase
from analysis.wording.numbers import number
from survey.results.cards.card import Card
from survey.results.cards.fairly.units import Compared
from survey.results.tables import Cell, Table, figure_headers, figures
from survey.results.view import View


def funnel_card(view: View, found: Compared) -> Card:
    judged, locale = found.judged, view.locale
    spots = [Spot(found.groups[at], judged.flags.sides[at] or 0, at == found.marked) for at in found.drawn]
    hidden = [counted(locale, "groups", found.hidden)] if found.hidden else []
    return Card(
        code="units",
        title=fairly.flags_title(judged.flags, judged.funnel, locale),
        asked=view.wording(found.subject),
        sentences=[
            *fairly.flag_sentences(judged.flags, found.labels, judged.funnel, locale),
            *hidden,
            _marked(view, found),
        ],
        n=sum(found.n),
        figure=funnel_chart(spots, judged.funnel, chart_text(locale)),
        table=_table(view, found, found.drawn),
        file=lambda: _table(view, found, range(len(found.groups))),
        wide=True,
        listed=True,
        note=drawn_note(found),
        method=_method(view, found),
    )


def _marked(view: View, found: Compared) -> str:
    """Of the unit that was chosen to be found."""
    if not view.marked:
        return ""
    at = found.marked
    if at is None:
        return phrase(view.locale, "fairly_marked_absent")
    return fairly.marked_sentence(found.groups[at], found.judged.flags.sides[at] or 0, view.locale)


def drawn_note(found: Compared) -> str:
    """Said where not all are drawn."""
    if len(found.drawn) == len(found.groups):
        return ""
    return _(
        "Drawn are the %(drawn)s units that are flagged or furthest from the others; the file has all %(all)s.",
        drawn=f"{len(found.drawn):,}",
        all=f"{len(found.groups):,}",
    )


def best_first(group: Group) -> float:
    return -(group.estimate.value or 0.0)


def _table(view: View, found: Compared, places: range | list[int]) -> Table:
    sides = found.judged.flags.sides
    said = {-1: _("below"), 1: _("above"), 0: "", None: ""}
    rows = [
        [
            Cell(f"◎ {one.label}" if at == found.marked else one.label, one.label),
            *figures(one.estimate, view.locale),
            Cell(said[sides[at]], sides[at]),
        ]
        for at in sorted(places, key=lambda at: best_first(found.groups[at]))
        for one in [found.groups[at]]
    ]
    return Table([_("Unit"), *figure_headers(), _("Stands out")], rows)


def _method(view: View, found: Compared) -> list[tuple[str, str]]:
    funnel, flags = found.judged.funnel, found.judged.flags
    lines = [
        (
            _("Limits"),
            _("funnel at 95 and 99.8 percent, additive model of over-dispersion (Spiegelhalter 2005)"),
        ),
        (_("Variation, in units of chance (phi)"), number(funnel.phi or 0.0, 2)),
        (_("Standard deviation between units"), _deviation(found)),
        (_("Flags"), _("two-sided at 5 percent over all comparisons, Holm's correction")),
        (_("Comparisons"), f"{flags.comparisons:,}"),
    ]
    flagged = [at for at in found.drawn if flags.sides[at]]
    return lines + [
        (
            found.groups[at].label,
            f"z = {number(funnel.z[at] or 0.0, 2)}, "
            + phrase(view.locale, "fairly_p", p=_small(flags.p[at] or 0.0)),
        )
        for at in flagged
    ]


def _deviation(found: Compared) -> str:
    spread = (found.judged.funnel.tau2 or 0.0) ** 0.5
    return number(spread * (100 if found.share else 1), 2)


def _small(p: float) -> str:
    return number(p, 4) if p >= 0.0001 else "< 0.0001"
