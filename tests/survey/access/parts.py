"""What a branch of the matrix has of cases."""

from __future__ import annotations

import uuid

from survey import clock
from survey.cases import evidence
from survey.cases.life import Step, take
from survey.cases.service import open_case
from survey.models import Case, CaseHappened, Unit
from tests import factories


def followed_up(name: str, ward: Unit) -> tuple[Case, uuid.UUID]:
    """A case with a note and a file."""
    reasons = [{"code": "low", "names": {"en": f"{name} was rated low"}}]
    case = open_case(ward.id, "serious", [], reasons, clock.now())
    head = factories.UserFactory(name=f"{name} owner", unit=ward, role="head_of_unit")
    take(case, Step(CaseHappened.NOTE, head, said={"text": f"{name} note"}))
    return case, evidence.add(case, head, f"{name}.pdf", b"%PDF-1.4 of a measure").id
