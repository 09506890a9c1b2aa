"""The sections of a report, in their order: a new one is one module and one line here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from survey.reports.reading import Read
from survey.reports.sections.answers import answers
from survey.reports.sections.comments import comments
from survey.reports.sections.funnel import funnel
from survey.reports.sections.items import items, others
from survey.reports.sections.ledger import ledger
from survey.reports.sections.months import months
from survey.reports.sections.places import services, units
from survey.reports.sections.rate import rate
from survey.results.cards import Card

KINDS: tuple[Callable[[Read], Iterator[Card]], ...] = (
    items,
    others,
    units,
    funnel,
    services,
    months,
    answers,
    comments,
    rate,
    ledger,
)


def sections(read: Read) -> Iterator[Card]:
    if read.open:
        for kind in KINDS:
            yield from kind(read)
