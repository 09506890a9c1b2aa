"""What every question type is: how it is asked, validated, read back, tallied and exported.

An answer, as stored in a response, is the type's own JSON value; `NA` stands for "not applicable" in
every type. A question that was not answered or not shown is not in the answers at all.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Protocol

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, ConfigDict, Field

from analysis.types import Scale
from survey.questions.conditions import Condition
from survey.questions.texts import Text

Answer = Any

NA = "na"
MISSING = "missing"
_NOT_APPLICABLE = {"en": "Not applicable", "zh_Hans": "不适用", "zh_Hant": "不適用"}
ANSWERED = "answered"  # counts persons where one person may give several values

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class AnswerError(Exception):
    """An answer that the question does not allow; `message` is for the respondent."""

    def __init__(self, message: Any) -> None:
        self.message = message
        super().__init__(message)


class Form(Protocol):
    """What a browser sends: several values under one name (werkzeug's MultiDict)."""

    def getlist(self, name: str) -> list[str]: ...


class Strict(BaseModel):
    """A part of a definition: unknown fields and values of another JSON type are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


@dataclass(frozen=True, slots=True)
class Track:
    """One line of figures that a question feeds: what is counted under `code`."""

    code: str
    wording: Text
    fingerprint: str  # same code and fingerprint: the trend goes on
    kind: str  # scored, chosen, said, answered: how results show it
    single: bool  # a person gives one value at most
    labels: Mapping[str, Text]  # value -> label, in the order of the scale
    scale: Scale | None  # where the values are numbers
    metric: str | None
    dimension: str | None
    expectation_of: str | None = None  # the track whose expectation this one asks for
    absence_of: str | None = None  # the track that asks how one feels with what this one thinks away
    tells: str | None = None  # what it tells of who answered: age_group


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an export: `of(answer)` gives the code, `label(answer, locale)` the words."""

    name: str
    wording: Text


class Question(Strict):
    """The part that all types share. A type overrides what differs."""

    type: str
    code: Code
    wording: Text
    help: Text | None = None
    required: bool = False
    not_applicable: bool = False
    dimension: Code | None = None
    show_if: Condition | None = None

    REQUIRED: ClassVar[Any] = _l("Please answer this question.")
    UNKNOWN: ClassVar[Any] = _l("Please choose one of the answers offered.")

    called: ClassVar[Any]  # the type, in words
    kind: ClassVar[str] = "answered"
    numeric: ClassVar[bool] = False  # conditions may compare its answers by size
    single: ClassVar[bool] = True  # an answer is one value, in each line of figures
    pair: ClassVar[str] = ""  # the field that may name the other question of a pair
    typed: ClassVar[bool] = False  # the answer is typed; "not applicable" is a box beside it and wins
    may_ask_for_contact: ClassVar[bool] = False  # whether an answer may ask us to call

    # --- asked -------------------------------------------------------------------------------
    @property
    def template(self) -> str:
        """The template with the macro `ask(question, raw, error, ui)` for this type."""
        return f"questions/{self.type}.html"

    # --- read and validated ------------------------------------------------------------------
    def read(self, form: Form) -> Answer | None:
        """The answer in a sent form; None when there is none. Raises AnswerError."""
        values = [value for value in form.getlist(self.code) if value != ""]
        if not values:
            return None
        if self.not_applicable and (values == [NA] or (self.typed and NA in values)):
            return NA
        return self.check(self.parse(values))

    def parse(self, values: Sequence[str]) -> Any:
        """Sent strings (at least one, none empty) to the value that `check` judges."""
        if len(values) > 1:
            raise AnswerError(self.UNKNOWN)
        return values[0]

    def check(self, answer: Any) -> Answer:
        """The answer as it may be stored; AnswerError for anything the question does not allow."""
        raise NotImplementedError

    def accept(self, answer: Any) -> Answer:
        """As `check`, for answers that do not come from a form (import, interfaces)."""
        if self.not_applicable and isinstance(answer, str) and answer == NA:
            return NA
        return self.check(answer)

    def may_give(self, value: Any) -> bool:
        """Whether `value` can be what a condition on this question waits for."""
        try:
            return self.accept(value) is not None
        except AnswerError:
            return False

    # --- tallied -----------------------------------------------------------------------------
    def tracks(self, base: str | None = None) -> list[Track]:
        """`base` is the language whose words decide whether a question is still the same."""
        return [self._track(self.code, self.wording, base)]

    def counts(self, answer: Answer | None) -> Iterable[tuple[str, str]]:
        """(track code, value) for each count that one shown question adds; None is a missing answer."""
        if answer is None:
            yield self.code, MISSING
        elif answer == NA:
            yield self.code, NA
        else:
            yield from ((self.code, value) for value in self.values(answer))

    def values(self, answer: Answer) -> Iterable[str]:
        yield str(answer)

    def _track(self, code: str, wording: Text, base: str | None) -> Track:
        return Track(
            code=code,
            wording=wording,
            fingerprint=fingerprint(self.type, wording.base_text(base), self.scale_key(base)),
            kind=self.kind,
            single=self.single,
            labels=self.value_labels(),
            scale=self.scale(),
            metric=self.metric_name(),
            dimension=self.dimension,
            tells=getattr(self, "tells", None),
            **({self.pair: self.partner + code.removeprefix(self.code)} if self.partner else {}),
        )

    def scale(self) -> Scale | None:
        return None

    def metric_name(self) -> str | None:
        return None

    def scale_key(self, base: str | None) -> Any:
        """What makes two scales the same: JSON-able, with labels in the language `base`."""
        return None

    def value_labels(self) -> dict[str, Text]:
        return {}

    # --- in pairs ----------------------------------------------------------------------------
    @property
    def partner(self) -> str | None:
        """The code of the question that this one belongs to."""
        return getattr(self, self.pair) if self.pair else None

    def pairs_with(self, other: Question) -> bool:
        """Whether a question of the same type can be answered in the same way."""
        return False

    # --- about the person --------------------------------------------------------------------
    def asks_for_contact(self, answer: Answer | None) -> bool:
        """Whether the person wants to be contacted."""
        return False

    def ways_to_reach(self, answer: Answer | None) -> Mapping[str, str]:
        """Where the person agreed to be written to: by "email", by "phone"."""
        return {}

    def withheld(self, answer: Answer) -> Answer:
        """The answer without what would tell who gave it."""
        return answer

    # --- exported ----------------------------------------------------------------------------
    def columns(self) -> list[Column]:
        return [Column(self.code, self.wording)]

    def cells(self, answer: Answer | None, locale: str | None) -> list[Any]:
        """One cell a column; codes when `locale` is None, else words. None is an empty cell."""
        if answer is None:
            return [None] * len(self.columns())
        if answer == NA:
            return [not_applicable(locale)] * len(self.columns())
        return [self.cell(answer, locale)]

    def own_cells(self, answer: Answer, locale: str) -> list[Any]:
        """As `cells`, for the person who gave the answer."""
        return self.cells(answer, locale)

    def from_cells(self, cells: Mapping[str, str]) -> Any:
        """The inverse of `cells` as codes, for `accept`: texts by column name, those that are not empty."""
        texts = list(cells.values())
        return NA if texts == [NA] else self.parse(texts)

    def cell(self, answer: Answer, locale: str | None) -> Any:
        label = self.value_labels().get(str(answer)) if locale else None
        return label.say(locale) if label and locale else answer


def not_applicable(locale: str | None) -> str:
    """The code, or the words in a language."""
    return _NOT_APPLICABLE[locale] if locale else NA


def fingerprint(type_: str, wording: Mapping[str, str], scale: Any) -> str:
    text = json.dumps([type_, wording, scale], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:32]
