"""The columns of an export and the cells of one response in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from sqlalchemy import Row, select

from analysis.masking import mask
from analysis.wording.hidden import hidden_words
from survey.export.queries import Sentiments, Wanted, hidden_units, issued_versions, stream
from survey.extensions import db
from survey.locales import say
from survey.models import ServiceType, Unit
from survey.questions.base import Question
from survey.questions.definition import definition_of

PLACES = ("unit", "unit_name", "service_type", "service_type_name")
FIRST = ("response", "day", *PLACES, "channel", "language", "version")
LAST = ("consented", "consent", "flags")
SENTIMENT, SCORE = ":sentiment", ":score"

FEWER = _l("(fewer than %(n)s)")


@dataclass(frozen=True, slots=True)
class Style:
    """Codes when `locale` is None, else words in that language."""

    locale: str | None
    min_n: int
    fewer: str  # stands for the unit and service type of small groups
    words: Mapping[str, str]  # what channels, sentiments and flags are called; empty for codes


class Sheet:
    """Columns of all versions side by side: the newest version's order, then what only older ones asked."""

    def __init__(self, wanted: Wanted, style: Style, names_in: str) -> None:
        """`names_in` is the language of the names of units and service types."""
        self.wanted, self.style = wanted, style
        self.hidden = hidden_units(wanted, style.min_n)
        self.versions = {version.id: version for version in issued_versions(wanted.questionnaire_id)}
        self.units = _names(Unit, names_in)
        self.service_types = _names(ServiceType, names_in)
        self.questions: dict[str, str] = {}  # column -> heading
        self.layout: dict[int, list[tuple[Question, list[str]]]] = {}
        for version in self.versions.values():
            self.layout[version.id] = [self._place(q) for q in definition_of(version).questions]
        self.columns = [*FIRST, *self.questions, *LAST]
        self.index = {name: i for i, name in enumerate(self.columns)}

    def _place(self, question: Question) -> tuple[Question, list[str]]:
        names = []
        for column in question.columns():
            locale = self.style.locale
            heading = f"{column.name}: {column.wording.say(locale)}" if locale else column.name
            self.questions.setdefault(column.name, heading)
            names.append(column.name)
        if question.kind == "said":
            for name in (question.code + SENTIMENT, question.code + SCORE):
                self.questions.setdefault(name, name)
        return question, names

    @property
    def header(self) -> list[str]:
        return [self.questions.get(name, name) for name in self.columns]

    def rows(self) -> Iterator[list[Any]]:
        return (self.cells(row, sentiments) for row, sentiments in stream(self.wanted))

    def cells(self, row: Row[Any], sentiments: Sentiments) -> list[Any]:
        cells: list[Any] = [None] * len(self.columns)
        words, locale = self.style.words, self.style.locale
        cells[: len(FIRST)] = [
            str(row.id),
            row.submitted_on.isoformat(),
            *self._places(row),
            words.get(row.channel, row.channel),
            row.locale,
            self.versions[row.version_id].number,
        ]
        for question, names in self.layout[row.version_id]:
            answer = self._shown(question, row)
            for name, cell in zip(names, question.cells(answer, locale), strict=True):
                cells[self.index[name]] = cell
        for code, (label, score) in sentiments.items():
            cells[self.index[code + SENTIMENT]] = words.get(label, label)
            cells[self.index[code + SCORE]] = score
        cells[self.index["consented"]] = None if row.consented is None else int(row.consented)
        cells[self.index["consent"]] = row.consent_hash
        cells[self.index["flags"]] = "; ".join(words.get(flag, flag) for flag in row.flags or ()) or None
        return cells

    def _shown(self, question: Question, row: Row[Any]) -> Any:
        """The answer; a text without those who are named in it, also where the worker has not been yet."""
        answer, locale = row.answers.get(question.code), self.style.locale
        if question.kind != "said" or not isinstance(answer, str):
            return answer
        text = answer if row.processed_at else mask(answer).text
        return hidden_words(text, locale) if locale else text

    def _places(self, row: Row[Any]) -> Sequence[str]:
        if row.unit_id in self.hidden:
            return [self.style.fewer] * len(PLACES)
        return *self.units[row.unit_id], *self.service_types[row.service_type_id]


def _names(model: type[Unit] | type[ServiceType], locale: str) -> dict[int, tuple[str, str]]:
    """id -> code and name."""
    found = db.session.execute(select(model.id, model.code, model.names))
    return {id_: (code, say(names, locale)) for id_, code, names in found}
