"""What publication counts: answers by the tallies, or something else that units have by day."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from survey.figures.bases import Facet, Row, bases, monthly_responses
from survey.figures.tallies import known_days
from survey.models import Grain, User

Months = tuple[tuple[date, int], ...]


class Source(Hashable, Protocol):
    """Equal sources count the same."""

    def known(self, questionnaire_id: int, person: User | None) -> tuple[date, date] | None:
        """The first and last day of which a person may see anything."""

    def monthly(self, questionnaire_id: int) -> Months:
        """A number for each month: while these stay, so does what is published."""

    def rows(
        self, series_ids: Collection[int], facets: Sequence[Facet], grain: Grain, first: date, last: date
    ) -> list[Row]:
        """Of the periods that begin on the days first…last."""


@dataclass(frozen=True)
class Tallied:
    """Valid answers to questions; the series are theirs."""

    def known(self, questionnaire_id: int, person: User | None) -> tuple[date, date] | None:
        return known_days(questionnaire_id, person)

    def monthly(self, questionnaire_id: int) -> Months:
        return monthly_responses(questionnaire_id)

    def rows(
        self, series_ids: Collection[int], facets: Sequence[Facet], grain: Grain, first: date, last: date
    ) -> list[Row]:
        return bases(series_ids, facets, grain, first, last)
