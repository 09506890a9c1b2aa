"""The table of one card as a file, which says of itself whether it is weighted where weights are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Response

from analysis.wording.languages import phrase
from survey.errors import Missing
from survey.results import tables
from survey.results.cards import Card
from survey.results.view import View


def file_of(view: View, cards: Iterable[Card], code: str, before: str = "") -> Response:
    """Raises Missing for a card that is not there, or has no table."""
    card = next((card for card in cards if card.code == code), None)
    if card is None or card.table is None:
        raise Missing
    table = card.file() if card.file else card.table
    if view.weighted:
        said = card.weights or phrase(view.locale, "weights_off")
        table = tables.with_column(table, phrase(view.locale, "weights_column"), said)
    name = f"{view.questionnaire.code}-{before}{code}-{view.filters.first_on}-{view.filters.last_on}.csv"
    head = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(tables.as_csv(table), mimetype="text/csv", headers=head)
