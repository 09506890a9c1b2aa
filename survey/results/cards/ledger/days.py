"""What arrived on the chosen days, by whatever way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from analysis.charts import Stage, stage_bars
from analysis.wording.languages import phrase
from survey.figures import began
from survey.figures.ledger import DISQUALIFYING
from survey.names import FLAGS
from survey.processing.flags import TOO_FAST
from survey.results.cards.card import Card
from survey.results.tables import Cell, Table, words
from survey.results.view import View


def of_these_days(view: View) -> Card:
    locale, received = view.locale, view.selection.responses
    begun, since = began(view.person, view.filters, view.timezone)
    counts = _counts(view, begun, since)
    drawn = [_stage(name, counts[name], locale) for name in ("begun", "received", "valid")]
    rows = [[words(phrase(locale, f"ledger_{name}")), _cell(count, locale)] for name, count in counts.items()]
    return Card(
        code="days",
        title=phrase(locale, "ledger_days_title", n=f"{received:,}"),
        asked="",
        sentences=_sentences(counts, since, locale),
        n=received,
        figure=stage_bars(drawn, _("Responses")),
        table=Table([_("Stage"), _("Number")], rows),
        wide=True,
        method=[
            (str(FLAGS[TOO_FAST]), phrase(locale, "ledger_flags")),
            (phrase(locale, "ledger_begun"), phrase(locale, "ledger_begun_how")),
            (phrase(locale, "ledger_opened"), phrase(locale, "ledger_limits_opened")),
        ],
    )


def _counts(view: View, begun: int | None, since: date | None) -> dict[str, int | None]:
    received, set_aside = view.selection.responses, view.selection.flags.get(DISQUALIFYING, 0)
    counts = {"begun": begun, "received": received, "valid": received - set_aside, "set_aside": set_aside}
    if begun is not None and since is not None and since <= view.filters.first_on and begun >= received:
        counts["not_finished"] = begun - received
    return counts


def _sentences(counts: Mapping[str, int | None], since: date | None, locale: str) -> list[str]:
    known = {name: f"{count:,}" for name, count in counts.items() if count is not None}
    parts = {name: known[name] for name in ("received", "valid", "set_aside")}
    day = "" if since is None else format_date(since, "long")
    return [
        phrase(locale, "ledger_all_ways"),
        phrase(locale, "ledger_days_adds_up", **parts),
        phrase(locale, "ledger_begun_since", day=day)
        if "begun" in known
        else phrase(locale, "ledger_begun_never"),
    ]


def _stage(name: str, count: int | None, locale: str) -> Stage:
    return Stage(phrase(locale, f"ledger_{name}"), _cell(count, locale).text, count, count)


def _cell(count: int | None, locale: str) -> Cell:
    return Cell(phrase(locale, "ledger_not_known") if count is None else f"{count:,}", count)
