"""Asking for a report: the snapshot is taken at once, its PDF made by the worker. The caller commits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from survey import clock
from survey.config import Settings
from survey.extensions import db
from survey.figures import Filters, Places, current, places
from survey.models import Questionnaire, Report, Stage, Unit, User, Version
from survey.program import program_version
from survey.reports.numbers import numbers_of
from survey.reports.queries import scope_of
from survey.reports.taking import Period, snapshot


@dataclass(frozen=True, slots=True)
class Wanted:
    questionnaire: Questionnaire
    unit: Unit | None  # None: the whole organisation
    days: tuple[date, date]
    locale: str


def ask(wanted: Wanted, person: User, settings: Settings) -> Report:
    view = period(wanted, person, places(person), settings)
    taken = snapshot(view, program_version())
    made = Report(
        questionnaire=wanted.questionnaire,
        version=view.version,
        unit=wanted.unit,
        scope_id=scope_of(person, view.seen),
        first_on=wanted.days[0],
        last_on=wanted.days[1],
        locale=wanted.locale,
        made_at=clock.now(),
        made_by=person.id,
        snapshot=taken,
        stage=Stage.WAITING,
        attempts=0,
    )
    taken["figures"] = numbers_of(made)
    made.identity = identity(taken)
    db.session.add(made)
    db.session.flush()
    return made


def period(
    wanted: Wanted, person: User, seen: Places, settings: Settings, version: Version | None = None
) -> Period:
    """By the version that is current, where none is given."""
    version = version or current(wanted.questionnaire)
    if version is None:
        raise ValueError("only what was published can be reported")
    first, last = wanted.days
    path = wanted.unit.path if wanted.unit else ""
    return Period(
        person=person,
        questionnaire=wanted.questionnaire,
        version=version,
        asked=Filters(wanted.questionnaire.id, first, last, unit_path=path),
        seen=seen,
        min_n=settings.min_n,
        locale=wanted.locale,
        timezone=settings.timezone,
    )


def identity(taken: Mapping[str, Any]) -> str:
    """Equal for equal counts, whatever database wrote them down."""
    written = json.dumps(taken, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def again(report: Report) -> None:
    """Lets the worker make the PDF that it could not make."""
    if report.stage in (Stage.FAILED, Stage.IMPOSSIBLE):
        report.stage, report.attempts, report.leased_until = Stage.WAITING, 0, None
