"""Rules for tests, switched on, and what they raised."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from survey import jobs
from survey.alerts import service
from survey.alerts.terms import Terms
from survey.extensions import db
from survey.models import Alert, AlertMatch, Rule, Unit

LONG_AGO = date(2020, 1, 1)


def wanted(unit: Unit, *parts: dict[str, Any], **given: Any) -> service.Wanted:
    shape = {name: given.pop(name) for name in ("match", "at_least", "within_days") if name in given}
    terms = Terms.model_validate({"parts": list(parts)} | shape)
    usual = {"names": {"en": "A rule"}, "questionnaire": None, "severity": "ordinary", "valid_from": LONG_AGO}
    return service.Wanted(unit=unit, terms=terms, **(usual | given))


def rule(unit: Unit, *parts: dict[str, Any], **given: Any) -> Rule:
    made = service.write(wanted(unit, *parts, **given), None)
    service.switch(made, True, None)
    return made


def unhappy(worst: int = 2) -> dict[str, Any]:
    return {"kind": "rating", "question": "staff", "worst": worst}


def process() -> int:
    db.session.commit()
    done = jobs.process_waiting()
    db.session.rollback()
    return done


def alerts() -> Sequence[Alert]:
    return db.session.scalars(select(Alert).order_by(Alert.raised_on)).all()


def matches() -> list[tuple[int, uuid.UUID]]:
    return sorted((one.rule_id, one.response_id) for one in db.session.scalars(select(AlertMatch)))
