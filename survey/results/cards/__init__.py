"""The charts of the overview, in their order: a new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from survey.results.cards.answers import chosen, scales
from survey.results.cards.card import Card
from survey.results.cards.compared import by_both, by_service_type, by_unit
from survey.results.cards.over_time import over_time
from survey.results.cards.tone import tone
from survey.results.view import View

KINDS: tuple[Callable[[View], Iterator[Card]], ...] = (
    over_time,
    by_unit,
    by_service_type,
    by_both,
    scales,
    chosen,
    tone,
)


def cards(view: View) -> Iterator[Card]:
    for kind in KINDS:
        yield from kind(view)


__all__ = ["Card", "cards"]
