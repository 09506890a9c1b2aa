"""What the database itself refuses, whoever writes to it: SQLite neither knows enumerations nor lengths.

A further channel, role or phase is added to its enumeration, and these conditions follow; the migration that brings
it makes the condition anew (`survey/migrations/tables.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import CheckConstraint, String

from survey.locales import LOCALES
from survey.models.account import RoleName, User
from survey.models.action import ActionEvent, ActionUnit, Direction, Happened, Part
from survey.models.baseline import Baseline
from survey.models.erasure import Erased
from survey.models.intake import ImportRun, Phase
from survey.models.invitation import Batch, Invitation, ServiceEvent
from survey.models.joint import JointTally, KeptJoint
from survey.models.known_total import KnownTotals, Margin
from survey.models.ledger import Begun, Delivery, Fate, LeftOut, LeftOutFor
from survey.models.link import Channel, Link
from survey.models.organisation import KINDS, ServiceType, Unit
from survey.models.questionnaire import Questionnaire, Series, Status, Version
from survey.models.report import Report, Stage
from survey.models.response import Comment, Response
from survey.models.sweep import SweepRun
from survey.models.tally import ANY, Grain, InvitationTally, KeptCount, Tally
from survey.models.target import METRICS, Benchmark, Target
from survey.models.upload import Upload

# of a sentiment, as analysis/sentiment names them
LABELS = ("negative", "neutral", "positive", "no_content", "undecided")


def _one_of(column: str, values: Iterable[str]) -> dict[str, str]:
    known = ", ".join(f"'{value}'" for value in values)
    return {f"{column}_known": f"{column} IN ({known})"}


def _at_least(least: int, *columns: str) -> dict[str, str]:
    return {f"{column}_least": f"{column} >= {least}" for column in columns}


def _exactly(length: int, column: str) -> dict[str, str]:
    return {f"{column}_length": f"length({column}) = {length}"}


def _at_most(model: Any, *columns: str) -> dict[str, str]:
    """As long as the model says: PostgreSQL enforces it, SQLite reads it as a remark."""
    types: dict[str, String] = {column: model.__table__.c[column].type for column in columns}
    return {f"{column}_length": f"length({column}) <= {types[column].length}" for column in columns}


def _true_or_false(*columns: str) -> dict[str, str]:
    return {f"{column}_known": f"{column} IN (true, false)" for column in columns}


_ON_SCALE = (  # of a mean: whatever scale the question has
    "CASE metric WHEN 'nps' THEN {0} BETWEEN -100 AND 100 WHEN 'ces' THEN {0} BETWEEN 1 AND 7 "
    "WHEN 'mean' THEN {0} BETWEEN -1000000 AND 1000000 ELSE {0} BETWEEN 0 AND 100 END"
)

CHECKS: Mapping[Any, Mapping[str, str]] = {
    ActionEvent: _one_of("kind", Happened)
    | _one_of("direction", Direction)
    | _one_of("metric", METRICS)
    | _at_least(1, "number")
    | {"first_registers": "(number = 1) = (kind = 'registered')"}
    | {"why_given": "kind = 'registered' OR length(why) > 0"}
    | {"starts_on_range": "starts_on BETWEEN '2000-01-01' AND '2099-12-31'"}
    | _at_most(ActionEvent, "why", "title", "question_code", "responsible", "expected"),
    ActionUnit: _one_of("part", Part),
    Benchmark: _one_of("metric", METRICS)
    | {"value_range": _ON_SCALE.format("value")}
    | {"interval_whole": "(low IS NULL) = (high IS NULL)"}
    | {"interval_order": "low <= value AND value <= high"}
    | _at_least(1, "n")
    | _at_most(Benchmark, "code", "source", "population"),
    Baseline: {"days": "first_on <= last_on", "reason_length": "length(reason) BETWEEN 1 AND 300"},
    Batch: _one_of("channel", Channel) | _at_most(Batch, "label") | _at_least(0, "shuffled_used", "given"),
    Begun: _one_of("channel", Channel) | _at_least(0, "count"),
    Comment: _one_of("channel", Channel)
    | _one_of("locale", LOCALES)
    | _one_of("label", LABELS)
    | {"score_range": "score BETWEEN -1 AND 1"}
    | {"text_hash_length": "length(text_hash) IN (0, 32)"}  # none where the text was removed
    | _at_most(Comment, "question_code"),
    Delivery: _one_of("fate", Fate) | _at_least(0, "count"),
    Erased: _at_most(Erased, "idempotency_key"),
    ImportRun: _one_of("phase", Phase)
    | _at_least(0, "rows", "rows_read")
    | _at_most(ImportRun, "name")
    | _true_or_false("create_units"),
    Invitation: _exactly(64, "token_hash"),
    InvitationTally: _one_of("grain", (Grain.DAY, Grain.MONTH))
    | _one_of("channel", (ANY, *Channel))
    | _at_least(0, "sent", "used"),
    JointTally: _at_least(0, "responses"),
    KeptCount: _one_of("channel", Channel)
    | _one_of("locale", LOCALES)
    | _at_least(0, "count")
    | _at_most(KeptCount, "value"),
    KeptJoint: _at_least(0, "responses"),
    KnownTotals: _one_of("margin", Margin) | {"source_length": "length(source) BETWEEN 1 AND 300"},
    LeftOut: _one_of("reason", LeftOutFor) | _at_least(0, "count"),
    Link: _one_of("channel", Channel) | _one_of("locale", LOCALES) | _at_most(Link, "code", "label"),
    Questionnaire: _at_most(Questionnaire, "code"),
    Report: _one_of("locale", LOCALES)
    | _one_of("stage", Stage)
    | {"days": "first_on <= last_on"}
    | _exactly(64, "identity")
    | _at_least(0, "attempts")
    | {"done_with_pdf": "(stage = 'done') = (pdf IS NOT NULL)"},
    Response: _one_of("channel", Channel)
    | _one_of("locale", LOCALES)
    | _at_least(0, "seconds", "attempts")
    | _at_most(Response, "idempotency_key", "receipt", "failure", "consent_hash")
    | _true_or_false("consented"),
    Series: _at_most(Series, "code", "fingerprint"),
    ServiceEvent: _one_of("locale", LOCALES) | _at_most(ServiceEvent, "reference"),
    ServiceType: _at_most(ServiceType, "code"),
    SweepRun: _at_least(0, "failures") | _at_most(SweepRun, "name", "failure"),
    Tally: _one_of("grain", Grain)
    | _one_of("channel", (ANY, *Channel))
    | _one_of("locale", (ANY, *LOCALES))
    | _at_least(0, "count")
    | _at_most(Tally, "value"),
    Target: _one_of("metric", METRICS)
    | {"value_range": _ON_SCALE.format("value")}
    | {"dates_in_order": "valid_to >= valid_from"}
    | _at_most(Target, "question_code"),
    Unit: _one_of("kind", KINDS) | _at_most(Unit, "code", "path"),
    Upload: _at_most(Upload, "name"),
    User: _one_of("role", RoleName)
    | _one_of("locale", LOCALES)
    | _at_most(User, "email", "name")
    | _true_or_false("active"),
    Version: _one_of("status", Status) | _exactly(64, "checksum") | _at_least(1, "number"),
}

for _model, _conditions in CHECKS.items():
    for _name, _condition in _conditions.items():
        _model.__table__.append_constraint(CheckConstraint(_condition, name=_name))
