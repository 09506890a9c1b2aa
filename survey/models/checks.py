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
from survey.models.alert import Alert, RuleEvent, RuleHappened
from survey.models.baseline import Baseline
from survey.models.calibration import LANGUAGES, Calibration, ChosenReader, Evaluation, Why
from survey.models.case import (
    Appeal,
    Case,
    CaseEvent,
    CaseEvidence,
    CaseHappened,
    CaseKind,
    CaseResponse,
    CaseState,
    Contact,
    Party,
    Severity,
)
from survey.models.drill import Drill, DrillPlan
from survey.models.duty import (
    ROSTERED,
    Absence,
    DutyTurn,
    Hours,
    Limited,
    SpecialDay,
    TimeLimit,
    WorkCalendar,
)
from survey.models.erasure import Erased
from survey.models.intake import ImportRun, Phase
from survey.models.invitation import Batch, Invitation, ServiceEvent
from survey.models.joint import JointTally, KeptJoint
from survey.models.known_total import KnownTotals, Margin
from survey.models.label import CommentLabel, GivenTopics, How
from survey.models.ledger import Begun, Delivery, Fate, LeftOut, LeftOutFor
from survey.models.link import Channel, Link
from survey.models.message import (
    ChannelSetting,
    Endpoint,
    Message,
    MessageChoice,
    MessageStop,
    MessageText,
    Reason,
    State,
)
from survey.models.organisation import KINDS, ServiceType, Unit
from survey.models.questionnaire import Questionnaire, Series, Status, Version
from survey.models.report import Report, Stage
from survey.models.response import Comment, Response
from survey.models.saved_view import SavedView
from survey.models.sweep import SweepRun
from survey.models.tally import ANY, Grain, InvitationTally, KeptCount, Tally
from survey.models.target import METRICS, Benchmark, Target
from survey.models.theme import HiddenTheme, Theme, ThemeSearch
from survey.models.topic import CommentTopic, OwnTerm, OwnTopic, Reader
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
    Absence: {"days_in_order": "last_on >= first_on", "not_for_oneself": "substitute_id <> person_id"},
    ActionEvent: _one_of("kind", Happened)
    | _one_of("direction", Direction)
    | _one_of("metric", METRICS)
    | _at_least(1, "number")
    | {"first_registers": "(number = 1) = (kind = 'registered')"}
    | {"why_given": "kind = 'registered' OR length(why) > 0"}
    | {"starts_on_range": "starts_on BETWEEN '2000-01-01' AND '2099-12-31'"}
    | _at_most(ActionEvent, "why", "title", "question_code", "responsible", "expected"),
    ActionUnit: _one_of("part", Part),
    Alert: _one_of("severity", Severity) | _at_most(Alert, "signal") | _true_or_false("held"),
    Benchmark: _one_of("metric", METRICS)
    | {"value_range": _ON_SCALE.format("value")}
    | {"interval_whole": "(low IS NULL) = (high IS NULL)"}
    | {"interval_order": "low <= value AND value <= high"}
    | _at_least(1, "n")
    | _at_most(Benchmark, "code", "source", "population"),
    Baseline: {"days": "first_on <= last_on", "reason_length": "length(reason) BETWEEN 1 AND 300"},
    Batch: _one_of("channel", Channel) | _at_most(Batch, "label") | _at_least(0, "shuffled_used", "given"),
    Begun: _one_of("channel", Channel) | _at_least(0, "count"),
    ChannelSetting: _at_most(ChannelSetting, "channel"),
    Case: _one_of("kind", CaseKind)
    | _one_of("severity", Severity)
    | _one_of("state", CaseState)
    | _one_of("contact_problem", Contact)
    | _one_of("appeal", Appeal)
    | {"priority_range": "priority BETWEEN 0 AND 3"}
    | {"satisfaction_range": "satisfaction BETWEEN 1 AND 5"}
    | {"closed_when_closed": "(state = 'closed') = (closed_at IS NOT NULL)"}
    | _at_least(0, "tier", "responses", "events_count", "escalations", "reopenings")
    | _true_or_false("warned_acknowledge", "warned_contact", "warned_resolve")
    | _at_most(Case, "public_id", "told_how"),
    CaseEvent: _one_of("kind", CaseHappened)
    | _one_of("party", Party)
    | _at_least(1, "number")
    | {"first_opens": "(number = 1) = (kind = 'opened')"}
    | {"user_named": "(party = 'user') = (by_id IS NOT NULL)"}
    | _at_most(CaseEvent, "channel"),
    CaseEvidence: _at_least(1, "size") | _at_most(CaseEvidence, "name", "media_type"),
    CaseResponse: _true_or_false("running"),
    Calibration: _one_of("language", LANGUAGES)
    | {"body_with_checksum": "(body IS NULL) = (checksum IS NULL)"}
    | _exactly(64, "checksum")
    | _at_most(Calibration, "problem"),
    ChosenReader: _one_of("language", LANGUAGES) | _one_of("why", Why),
    Comment: _one_of("channel", Channel)
    | _one_of("locale", LOCALES)
    | _one_of("label", LABELS)
    | {"score_range": "score BETWEEN -1 AND 1"}
    | {"text_hash_length": "length(text_hash) IN (0, 32)"}  # none where the text was removed
    | _at_most(Comment, "question_code"),
    CommentLabel: _one_of("label", LABELS)
    | _one_of("read_label", LABELS)
    | _one_of("how", How)
    | {"read_score_range": "read_score BETWEEN -1 AND 1"}
    | _at_most(CommentLabel, "question_code", "read_method"),
    CommentTopic: _one_of("label", [label for label in LABELS if label != "no_content"])
    | {"score_range": "score BETWEEN -1 AND 1"}
    | _at_most(CommentTopic, "question_code", "topic", "subtopic"),
    Delivery: _one_of("fate", Fate) | _at_least(0, "count"),
    Endpoint: _one_of("locale", LOCALES) | _at_most(Endpoint, "channel", "name") | _true_or_false("active"),
    Drill: _one_of("severity", Severity),
    DrillPlan: _one_of("severity", Severity),
    DutyTurn: _one_of("tier", ROSTERED)
    | _one_of("hours", Hours)
    | {"weekdays_known": "length(weekdays) = 7 AND weekdays <> '0000000'"}
    | {"every_range": "every BETWEEN 1 AND 4"}
    | {"start_range": "start_minute BETWEEN 0 AND 1439", "end_range": "end_minute BETWEEN 1 AND 1440"}
    | {"days_in_order": "last_on >= first_on"},
    Erased: _at_most(Erased, "idempotency_key"),
    GivenTopics: _at_most(GivenTopics, "question_code", "read_method"),
    Evaluation: _one_of("language", LANGUAGES) | _at_most(Evaluation, "of"),
    HiddenTheme: _one_of("language", LANGUAGES) | _at_most(HiddenTheme, "phrase"),
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
    Message: _one_of("locale", LOCALES)
    | _one_of("state", State)
    | _at_least(0, "tries")
    | {"sent_at_known": "(state = 'sent') = (sent_at IS NOT NULL)"}
    | _at_most(Message, "cause", "recipient", "failure"),
    MessageChoice: _at_most(MessageChoice, "channel") | _true_or_false("wanted"),
    MessageStop: _one_of("reason", Reason) | _at_most(MessageStop, "recipient", "told"),
    MessageText: _one_of("locale", LOCALES) | _at_most(MessageText, "template", "subject"),
    OwnTerm: _at_most(OwnTerm, "code", "term") | {"term_given": "length(term) > 0"},
    OwnTopic: _at_most(OwnTopic, "code"),
    Questionnaire: _at_most(Questionnaire, "code"),
    Reader: {"fingerprint_length": "length(fingerprint) IN (0, 32)"},  # none where it only asks
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
    RuleEvent: _one_of("kind", RuleHappened)
    | _one_of("severity", Severity)
    | _at_least(1, "number", "most", "most_days")
    | {"first_writes": "(number = 1) = (kind = 'written')"}
    | {"dates_in_order": "valid_to >= valid_from"}
    | _true_or_false("active"),
    SavedView: _at_most(SavedView, "name", "filters") | _true_or_false("shared"),
    Series: _at_most(Series, "code", "fingerprint"),
    ServiceEvent: _one_of("locale", LOCALES) | _at_most(ServiceEvent, "reference"),
    ServiceType: _at_most(ServiceType, "code"),
    SpecialDay: _at_most(SpecialDay, "name")
    | _true_or_false("working")
    | {"holiday_without_hours": "working = true OR spans IS NULL"},
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
    Theme: _at_least(0, "count", "count_before")
    | {"p_range": "p BETWEEN 0 AND 1", "p_adjusted_range": "p_adjusted BETWEEN 0 AND 1"}
    | _at_most(Theme, "phrase", "written"),
    ThemeSearch: _one_of("language", LANGUAGES)
    | _at_least(0, "n", "n_before", "tested", "selected")
    | {"days": "first_on <= last_on"},
    TimeLimit: _one_of("severity", Severity)
    | _one_of("limited", Limited)
    | {"minutes_range": "minutes BETWEEN 1 AND 525600"}
    | _true_or_false("by_clock"),
    Unit: _one_of("kind", KINDS) | _at_most(Unit, "code", "path"),
    Upload: _at_most(Upload, "name"),
    User: _one_of("role", RoleName)
    | _one_of("locale", LOCALES)
    | _at_most(User, "email", "name")
    | _true_or_false("active"),
    WorkCalendar: _at_most(WorkCalendar, "timezone"),
    Version: _one_of("status", Status) | _exactly(64, "checksum") | _at_least(1, "number"),
}

for _model, _conditions in CHECKS.items():
    for _name, _condition in _conditions.items():
        _model.__table__.append_constraint(CheckConstraint(_condition, name=_name))
