"""The import map: which column of a file means what. See docs/import.md."""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import Annotated, Any, Literal

from flask_babel import lazy_gettext as _l
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from survey.errors import Invalid
from survey.intake.wording import tidy

PROBE = datetime(2001, 2, 23)  # noqa: DTZ001 a date to try a format on, no instant


def _text(value: Any) -> Any:
    """Numbers may be written without quotes."""
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _list(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


Words = Annotated[
    str, BeforeValidator(_text), BeforeValidator(lambda v: tidy(v) if isinstance(v, str) else v)
]
Column = Annotated[Words, Field(min_length=1)]
Several = Annotated[tuple[Words, ...], BeforeValidator(_list)]
Path = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?$")]  # question or matrix question.row


def _format(text: str) -> str:
    try:
        good = datetime.strptime(PROBE.strftime(text), text).date() == PROBE.date()  # noqa: DTZ007
    except ValueError:
        good = False
    if not good:
        raise ValueError("a date format needs day, month and year, as in %Y-%m-%d")
    return text


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class File(Part):
    encoding: Literal["auto", "utf-8", "utf-16", "gb18030", "big5"] = "auto"
    delimiter: Literal["auto", ",", ";", "\t", "|"] = "auto"
    sheet: str | None = None  # of a workbook; its first one when not given
    header: Annotated[int, Field(ge=1, le=100)] = 1  # the line with the names of the columns
    neutralised: bool = False  # an apostrophe stands before texts that look like formulas


class Date(Part):
    column: Column
    formats: Annotated[
        tuple[Annotated[str, Field(min_length=2)], ...], Field(min_length=1), BeforeValidator(_list)
    ]

    @model_validator(mode="after")
    def _formats(self) -> Date:
        for text in self.formats:
            _format(text)
        return self


class Source(Part):
    """A column, or one constant for all rows; `recode` turns what the column says into codes."""

    column: Column | None = None
    constant: Column | None = None
    recode: dict[Words, Words] = {}

    @model_validator(mode="after")
    def _one(self) -> Source:
        if (self.column is None) == (self.constant is None):
            raise ValueError("give either column or constant")
        return self


class Parent(Part):
    code: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$")]
    name: Words | None = None  # to create it where it is unknown


class UnitSource(Source):
    parent: Parent | None = None


class Rating(Part):
    column: Column
    recode: dict[Words, Words] = {}
    not_applicable: Several = ()
    empty: Several = ()
    separator: str | None = None  # between several choices in one cell


class CommentColumn(Part):
    column: Column


class CommentRows(Part):
    """A layout in which one row holds one question's text and its answer."""

    question: Column
    answer: Column
    questions: dict[Path, Several]
    ignore: Several = ()  # questions whose rows carry no comment to keep


class ImportMap(Part):
    questionnaire: Annotated[str, Field(min_length=1)]
    key: Annotated[tuple[Column, ...], BeforeValidator(_list), Field(min_length=1)]
    date: Date
    unit: UnitSource
    service_type: Source
    channel: Source
    language: Source
    tier: Source | None = None  # of the customer; never stored with an anonymous response
    ratings: dict[Path, Rating] = {}
    comments: dict[Path, CommentColumn] = {}
    comment_rows: tuple[CommentRows, ...] = ()
    no_answer: Several = ()
    file: File = File()

    def columns(self) -> list[tuple[str, str]]:
        """(key in the map, column) of every column that the file must have."""
        named = [("key", column) for column in self.key] + [("date.column", self.date.column)]
        for name in ("unit", "service_type", "channel", "language", "tier"):
            source: Source | None = getattr(self, name)
            named += [(f"{name}.column", source.column)] if source and source.column else []
        named += [(f"ratings.{path}.column", rating.column) for path, rating in self.ratings.items()]
        named += [(f"comments.{path}.column", comment.column) for path, comment in self.comments.items()]
        for i, rows in enumerate(self.comment_rows, 1):
            named += [
                (f"comment_rows.{i}.question", rows.question),
                (f"comment_rows.{i}.answer", rows.answer),
            ]
        return named


def read_map(text: str) -> ImportMap:
    """Raises Invalid, naming the key or the line, for anything that is not a map."""
    try:
        return ImportMap.model_validate(tomllib.loads(text.removeprefix("\ufeff")))
    except RecursionError:
        raise Invalid(_l("The map is nested too deeply."), "map") from None
    except tomllib.TOMLDecodeError as error:
        raise Invalid(_l("The map is not valid TOML: %(error)s", error=str(error)), "map") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"] if part != "[key]") or "map"
        why = first["msg"].removeprefix("Value error, ")
        raise Invalid(_l("The map is wrong at %(where)s: %(why)s", where=where, why=why), "map") from None
