"""Comments without those who are named in them, and the sealed originals for the few who may read them.

Answers are stored as they were sent and masked by the worker, in the transaction that makes them count. From then on
`response.answers` and `comment.text` hold the masked texts, and a row of `original` what the tokens stand for.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from analysis.masking import Hidden, Kind, mask, unmask
from survey.extensions import db
from survey.models import Original, Response
from survey.questions.definition import Definition
from survey.sealing import Unreadable, seal, unseal

Found = dict[str, tuple[Hidden, ...]]  # by question code, or code and part of the answer with a dot between


@dataclass(frozen=True, slots=True)
class Masking:
    answers: Mapping[str, Any]
    hidden: Found  # empty where nothing had to be hidden: the answers are then those that were given


def masked(definition: Definition, answers: Mapping[str, Any]) -> Masking:
    """The answers with every free text masked, and without the details of who gave them."""
    found: Found = {}
    left: dict[str, Any] = {}
    for code, answer in answers.items():
        question = definition.by_code.get(code)
        left[code] = answer
        if question is None:
            continue
        if question.kind == "said" and isinstance(answer, str):
            one = mask(answer)
            if one.hidden:
                left[code], found[code] = one.text, one.hidden
        elif isinstance(answer, dict):
            left[code] = question.withheld(answer)
            found |= _taken_out(code, answer, left[code])
    return Masking(left, found)


def _taken_out(code: str, answer: Mapping[str, Any], left: Mapping[str, Any]) -> Found:
    """The parts of an answer in whose place a token stands now."""
    return {
        f"{code}.{part}": (Hidden(0, Kind(part), text),)
        for part, text in answer.items()
        if left[part] != text
    }


def sealed(response_id: uuid.UUID, hidden: Found) -> dict[str, Any]:
    """The row of `original`."""
    plain = {code: [[one.start, one.kind, one.original] for one in those] for code, those in hidden.items()}
    return {"response_id": response_id, "sealed": seal(json.dumps(plain).encode(), response_id.bytes)}


def opened(response_id: uuid.UUID, answers: Mapping[str, Any], row: bytes | None) -> Mapping[str, Any]:
    """The answers as they were given. Raises Unreadable."""
    given = dict(answers)
    for code, hidden in hidden_in(response_id, row).items():
        code, _dot, part = code.partition(".")
        if part:
            inside = given.get(code)
            if not isinstance(inside, Mapping):
                raise Unreadable
            given[code] = {**inside, part: unmasked(inside.get(part), hidden)}
        else:
            given[code] = unmasked(given.get(code), hidden)
    return given


def hidden_in(response_id: uuid.UUID, row: bytes | None) -> Found:
    """What is hidden, in each comment and each part of an answer. Raises Unreadable."""
    try:
        plain = json.loads(unseal(row, response_id.bytes)) if row is not None else {}
        return {
            code: tuple(Hidden(start, Kind(kind), original) for start, kind, original in those)
            for code, those in plain.items()
        }
    except (ValueError, TypeError, AttributeError):
        raise Unreadable from None


def unmasked(text: Any, hidden: Sequence[Hidden]) -> str:
    """The text as it was written. Raises Unreadable."""
    try:
        return unmask(text, hidden)
    except (ValueError, TypeError, AttributeError):
        raise Unreadable from None


def answers_of(response: Response) -> Mapping[str, Any]:
    """The answers as they were given, for the person who gave them; masked where they cannot be opened any more."""
    try:
        return given(response)
    except Unreadable:
        answers: Mapping[str, Any] = response.answers
        return answers


def given(response: Response) -> Mapping[str, Any]:
    """Raises Unreadable."""
    return opened(response.id, response.answers, rows_of([response.id]).get(response.id))


def rows_of(ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    rows = db.session.execute(
        select(Original.response_id, Original.sealed).where(Original.response_id.in_(ids))
    )
    return {row.response_id: row.sealed for row in rows}


def forget(ids: Sequence[uuid.UUID]) -> None:
    db.session.execute(delete(Original).where(Original.response_id.in_(ids)))
