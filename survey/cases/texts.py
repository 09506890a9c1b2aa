"""What was written with an event, sealed: it may name people, and goes when the answers it speaks of go."""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlalchemy import select

from survey.extensions import db
from survey.models import CaseText
from survey.sealing import Unreadable, seal, unseal

LONGEST = 4000  # characters
Texts = Mapping[str, str]  # "text", "problem", "promise", "measure", "outcome" …


def place(case_id: int, number: int) -> bytes:
    """What a sealed text or file belongs to."""
    return f"case {case_id} {number}".encode()


def keep(case_id: int, number: int, texts: Texts) -> None:
    said = {name: text for name, text in texts.items() if text}
    if said:
        sealed = seal(json.dumps(said, ensure_ascii=False).encode(), place(case_id, number))
        db.session.add(CaseText(case_id=case_id, number=number, sealed=sealed))


def of_case(case_id: int) -> dict[int, Texts]:
    """By the number of the event. Texts that cannot be opened any more are left out."""
    found = {}
    for row in db.session.scalars(select(CaseText).where(CaseText.case_id == case_id)):
        try:
            found[row.number] = json.loads(unseal(row.sealed, place(case_id, row.number)))
        except Unreadable:
            continue
    return found
