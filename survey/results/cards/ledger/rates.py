"""Rates over named bases, with their intervals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from flask_babel import gettext as _

from analysis.charts import Figure, dots_with_whiskers
from analysis.statistics.ledger import Stages, ledger_rates
from analysis.types import Estimate, Group
from analysis.wording import chart_text, metric_name
from analysis.wording.languages import phrase
from analysis.wording.ledger import eligible_text, ledger_base, ledger_rate_title
from survey.figures import InvitationLedger
from survey.results.cards.card import Card
from survey.results.tables import Table, figure_headers, figures, words
from survey.results.view import View


def rates(view: View, found: InvitationLedger, stages: Stages) -> Card:
    locale = view.locale
    known = ledger_rates(stages)
    groups = [Group(name, metric_name(name, locale), rate) for name, rate in _told(known).items()]
    return Card(
        code="rates",
        title=ledger_rate_title(known, locale),
        asked="",
        sentences=[
            phrase(locale, "ledger_not_kept", batches=f"{found.not_kept:,}") if found.not_kept else "",
            _("Whiskers show where the rate probably lies for many such invitations."),
        ],
        n=stages.sent,
        figure=_drawn(groups, locale),
        table=_table(groups, locale),
        wide=True,
        method=list(_method(stages, locale)),
    )


def _table(groups: Sequence[Group], locale: str) -> Table:
    rows = []
    for one in groups:
        divided = ledger_base(one.estimate, locale) or phrase(locale, "ledger_not_known")
        rows.append([words(one.label), words(divided), *figures(one.estimate, locale)])
    return Table([_("Rate"), _("How it is computed"), *figure_headers()], rows)


def _method(stages: Stages, locale: str) -> Iterator[tuple[str, str]]:
    yield _("Interval"), _("Wilson's score interval, 95%.")
    yield (
        "AAPOR",
        _(
            "Standard Definitions (2023): rate 1 counts everybody of unknown eligibility as eligible, rate 3 the share e of them."
        ),
    )
    if eligible_text(stages, locale):
        yield "e", eligible_text(stages, locale)
    yield _("Not counted as valid"), phrase(locale, "ledger_flags")


def _drawn(groups: Sequence[Group], locale: str) -> Figure:
    """The axis has no name: the rates have theirs."""
    text = replace(chart_text(locale), too_few=phrase(locale, "ledger_not_known"))
    drawn = dots_with_whiskers(groups, overall=None, text=text)
    drawn["layout"]["xaxis"].pop("title", None)
    return drawn


def _told(known: dict[str, Estimate]) -> dict[str, Estimate]:
    """Both ends of the valid recovery rate only where they differ."""
    least, most = known["valid_recovery_least"], known["valid_recovery_most"]
    found = {name: known[name] for name in ("recovery", "rr1", "rr3")}
    if least.value == most.value:
        return found | {"valid_recovery": replace(least, metric="valid_recovery")}
    return found | {"valid_recovery_least": least, "valid_recovery_most": most}
