"""From the bytes that somebody sent to a JSON document of a size that can be looked through."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from survey.design import messages
from survey.errors import Invalid

LARGEST = 1024 * 1024  # bytes
DEEPEST = 20  # objects and lists within each other; a definition needs twelve
MOST_VALUES = 50_000
LONGEST_KEY = 64
MOST_ERRORS = 20


class Flaw(NamedTuple):
    """One error. `path` is empty for the whole document, `line` None where there is no text."""

    path: str
    line: int | None
    message: str


class DefinitionErrors(Invalid):
    message = _l("The definition has errors.")

    def __init__(self, flaws: Sequence[Flaw]) -> None:
        super().__init__()
        self.flaws = list(flaws[:MOST_ERRORS])
        self.more = len(flaws) - len(self.flaws)

    def __str__(self) -> str:
        return "\n".join(f"{flaw.line or ''}\t{flaw.path}\t{flaw.message}" for flaw in self.flaws)


def text_of(source: bytes) -> str:
    if len(source) > LARGEST:
        raise _whole(_l("The definition is larger than 1 MB."))
    try:
        text = source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.count(b"\n", 0, error.start) + 1
        raise _whole(_l("This is not text in UTF-8. Please save the file in that encoding."), line) from None
    if not text.strip():
        raise _whole(_l("There is no definition here: the text is empty."))
    return text


def document_of(text: str) -> Any:
    document = _parsed(text)
    _refuse_monsters(document)
    return document


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        message = _l(
            "This is not JSON from column %(column)s on. Often a comma or a quotation mark is missing just before.",
            column=error.colno,
        )
        raise _whole(message, error.lineno) from None
    except RecursionError:
        raise _whole(messages.PYDANTIC["recursion_loop"]) from None
    except ValueError:  # a number of thousands of digits
        raise _whole(_l("A number in it is too long.")) from None


def _refuse_constant(name: str) -> None:
    raise _whole(_l("%(name)s is not a number that JSON knows.", name=name))


def _refuse_monsters(document: Any) -> None:
    """What no questionnaire is, and what would take very long to look through."""
    level, values = [document], 0
    for _depth in range(DEEPEST):
        level = [part for value in level for part in _parts(value)]
        values += len(level)
    if level:
        raise _whole(messages.PYDANTIC["recursion_loop"])
    if values > MOST_VALUES:
        raise _whole(_l("The definition has more parts than any questionnaire needs."))


def _parts(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    if not isinstance(value, dict):
        return []
    for key in value:
        if len(key) > LONGEST_KEY:
            raise _whole(messages.pydantic("extra_forbidden", key[:LONGEST_KEY] + "…", {}))
    return list(value.values())


def _whole(message: Any, line: int | None = None) -> DefinitionErrors:
    return DefinitionErrors([Flaw("", line, str(message))])
