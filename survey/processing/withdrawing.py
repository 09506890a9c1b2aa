"""A customer takes the contact details back: they go, the other answers stay. The caller commits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert, select

from survey.extensions import db
from survey.models import Original, Response
from survey.processing import letter_traces, originals
from survey.processing.masking import write_answers
from survey.questions.definition import Definition, definition_of
from survey.sealing import Unreadable


def ways(response: Response) -> dict[str, str]:
    """Where the person agreed to be written to. Empty where nothing was given, or it cannot be opened any more."""
    found: dict[str, str] = {}
    try:
        given = originals.given(response)
    except Unreadable:
        return found
    for question in definition_of(response.version).questions:
        found |= question.ways_to_reach(given.get(question.code))
    return found


def withdraw(response: Response) -> bool:
    """False where there was nothing to take back."""
    db.session.execute(select(Response.id).where(Response.id == response.id).with_for_update())
    db.session.refresh(response)
    definition = definition_of(response.version)
    codes = _given(definition, originals.answers_of(response))
    if not codes:
        return False
    _reseal(response, codes)
    left = {
        code: definition.by_code[code].withheld(answer) if code in codes else answer
        for code, answer in response.answers.items()
    }
    write_answers({response.id: left})
    db.session.expire(response)
    letter_traces.forget([response.id])
    return True


def _given(definition: Definition, given: Mapping[str, Any]) -> set[str]:
    return {one.code for one in definition.questions if one.ways_to_reach(given.get(one.code))}


def _reseal(response: Response, codes: set[str]) -> None:
    row = originals.rows_of([response.id]).get(response.id)
    if row is None:
        return  # not masked yet
    hidden = originals.hidden_in(response.id, row)
    kept = {place: those for place, those in hidden.items() if place.partition(".")[0] not in codes}
    originals.forget([response.id])
    if kept:
        db.session.execute(insert(Original), [originals.sealed(response.id, kept)])
