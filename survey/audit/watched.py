"""Which models are watched, and how a change of a row is told. Answers, comments and respondents are in none of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import event, inspect

from survey.audit.actor import named
from survey.extensions import BaseModel
from survey.locales import say
from survey.models import (
    Absence,
    Baseline,
    Batch,
    Deed,
    Drill,
    DrillPlan,
    DutyTurn,
    Endpoint,
    HiddenTheme,
    ImportRun,
    KnownTotals,
    Link,
    OwnTerm,
    OwnTopic,
    PublicReply,
    Questionnaire,
    Report,
    ServiceType,
    SpecialDay,
    Status,
    Target,
    TimeLimit,
    Unit,
    Upload,
    User,
    Version,
    WorkCalendar,
)

Change = tuple[Deed, "Thing", dict[str, Any]]
Old = Mapping[str, Any]  # the columns that changed, as they were


@dataclass(frozen=True, slots=True)
class Thing:
    """What an entry speaks of: its kind, its id or code, its name as it was, and the unit it belongs to."""

    kind: str
    id: str = ""
    name: str = ""
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Watched:
    kind: str
    told: tuple[str, ...]  # columns whose values are kept, old and new
    named: tuple[str, ...] = ()  # secrets and long texts: kept is only that they changed
    name: Callable[[Any], str] = lambda row: row.code
    unit: Callable[[Any], int | None] = lambda row: None
    deed: Callable[[Any, Old], Deed] = lambda row, old: Deed.CHANGED


def _said(row: Any) -> str:
    return f"{say(row.names, current_app.extensions['settings'].locale)} ({row.code})"


def _closed(row: Any, old: Old) -> Deed:
    if "closed_at" not in old:
        return Deed.CHANGED
    return Deed.CLOSED if row.closed_at else Deed.REOPENED


def _of_user(user: User, old: Old) -> Deed:
    if "active" in old:
        return Deed.REOPENED if user.active else Deed.CLOSED
    if "password" in old:
        return Deed.PASSWORD_SET
    if {"tf_primary_method", "tf_totp_secret"} & old.keys() and not {"role", "email"} & old.keys():
        return Deed.SECOND_FACTOR_ON if user.tf_primary_method else Deed.SECOND_FACTOR_OFF
    if old.keys() == {"mf_recovery_codes"}:
        return Deed.RECOVERY_CODES
    return Deed.SESSIONS_ENDED if old.keys() == {"fs_uniquifier"} else Deed.CHANGED


def _of_link(link: Link, old: Old) -> Deed:
    if "paused_at" in old and "closed_at" not in old:
        return Deed.PAUSED if link.paused_at else Deed.RESUMED
    return _closed(link, old)


def _of_questionnaire(questionnaire: Questionnaire, old: Old) -> Deed:
    if "retired_at" not in old:
        return Deed.CHANGED
    return Deed.RETIRED if questionnaire.retired_at else Deed.REOPENED


def _version_name(version: Version) -> str:
    """A version that is being deleted is no longer in its questionnaire."""
    left = inspect(version).attrs.questionnaire.history.deleted
    questionnaire = version.questionnaire or next(iter(left or ()), None)
    return f"{questionnaire.code} {version.number}" if questionnaire else str(version.number)


def _of_version(version: Version, old: Old) -> Deed:
    published = "status" in old and version.status == Status.PUBLISHED
    return Deed.PUBLISHED if published else Deed.CHANGED


WATCHED: dict[type[Any], Watched] = {
    Unit: Watched(
        "unit", ("code", "kind", "names", "parent_id", "position", "closed_at"),
        name=_said, unit=lambda unit: unit.id, deed=_closed,
    ),
    ServiceType: Watched("service_type", ("code", "names", "position", "closed_at"), name=_said, deed=_closed),
    User: Watched(
        "user", ("email", "name", "role", "unit_id", "locale", "active"),
        ("password", "fs_uniquifier", "tf_primary_method", "tf_totp_secret", "mf_recovery_codes"),
        name=named, unit=lambda user: user.unit_id, deed=_of_user,
    ),
    Questionnaire: Watched("questionnaire", ("code", "retired_at", "responses_kept_months", "comments_kept_months"), deed=_of_questionnaire),
    Version: Watched(
        "version", ("number", "status", "checksum"),
        name=_version_name, deed=_of_version,
    ),
    KnownTotals: Watched(
        "known_totals", ("questionnaire_id", "margin", "totals", "source", "as_of"), name=lambda row: row.margin,
    ),
    OwnTopic: Watched("own_topic", ("code", "names", "ended_at"), name=lambda topic: topic.code),
    OwnTerm: Watched("own_term", ("code", "term", "ended_at"), name=lambda term: term.term),
    HiddenTheme: Watched("hidden_theme", ("questionnaire_id", "language", "phrase"), name=lambda theme: theme.phrase),
    Link: Watched(
        "link",
        ("code", "label", "questionnaire_id", "unit_id", "service_type_id", "channel", "locale",
         "opens_at", "closes_at", "paused_at", "closed_at"),
        unit=lambda link: link.unit_id, deed=_of_link,
    ),
    Baseline: Watched(
        "baseline", ("questionnaire_id", "series_id", "unit_id", "first_on", "last_on", "reason"),
        name=lambda row: f"{row.first_on} – {row.last_on}", unit=lambda row: row.unit_id,
    ),
    Batch: Watched(
        "batch", ("questionnaire_id", "label", "channel", "expires_at", "issued_at"),
        name=lambda batch: batch.label,
    ),
    Report: Watched(
        "report", ("questionnaire_id", "version_id", "unit_id", "first_on", "last_on", "locale", "identity"),
        name=lambda row: f"{row.first_on} – {row.last_on}", unit=lambda row: row.unit_id,
    ),
    Endpoint: Watched(
        "message_endpoint", ("channel", "name", "locale", "unit_id", "active"), ("sealed",),
        name=lambda row: row.name, unit=lambda row: row.unit_id,
        deed=lambda row, old: Deed.CHANGED if "active" not in old else Deed.REOPENED if row.active else Deed.CLOSED,
    ),
    ImportRun: Watched("import", ("name", "create_units", "phase"), ("map",), name=lambda run: run.name),
    Target: Watched(
        "target", ("unit_id", "questionnaire_id", "question_code", "metric", "value", "valid_from", "valid_to"),
        name=lambda target: f"{target.question_code} {target.metric} {target.value:g}",
        unit=lambda target: target.unit_id,
    ),
    PublicReply: Watched(
        "public_reply", ("unit_id", "said", "did", "people", "done_on", "released_at", "withdrawn_at"),
        name=lambda reply: say(reply.said, "en")[:60], unit=lambda reply: reply.unit_id,
    ),
    WorkCalendar: Watched(
        "work_calendar", ("unit_id", "timezone", "weekly"), name=lambda row: "", unit=lambda row: row.unit_id,
    ),
    SpecialDay: Watched(
        "special_day", ("unit_id", "day", "name", "working", "spans"),
        name=lambda row: f"{row.day} {row.name}".strip(), unit=lambda row: row.unit_id,
    ),
    TimeLimit: Watched(
        "time_limit", ("unit_id", "severity", "limited", "minutes", "by_clock"),
        name=lambda row: f"{row.severity} {row.limited}", unit=lambda row: row.unit_id,
    ),
    DutyTurn: Watched(
        "duty_turn",
        ("unit_id", "tier", "person_id", "weekdays", "every", "hours", "start_minute", "end_minute",
         "first_on", "last_on"),
        name=lambda row: row.tier, unit=lambda row: row.unit_id,
    ),
    Drill: Watched(
        "drill", ("unit_id", "severity", "start_at", "stopped_at"),
        name=lambda row: row.severity, unit=lambda row: row.unit_id,
    ),
    DrillPlan: Watched(
        "drill_plan", ("unit_id", "severity"), name=lambda row: row.severity, unit=lambda row: row.unit_id,
    ),
    Absence: Watched(
        "absence", ("person_id", "first_on", "last_on", "substitute_id"),
        name=lambda row: f"{row.first_on} – {row.last_on}",
        unit=lambda row: row.person.unit_id if row.person else None,
    ),
    Upload: Watched("upload", ("name", "purpose"), name=lambda upload: upload.name),
}  # fmt: skip


def _keep_old_values() -> None:
    """Of a row that was not read again since the last commit, the old value is read before it is set."""
    for model, watched in WATCHED.items():
        for name in (*watched.told, *watched.named):
            event.listen(getattr(model, name), "set", lambda *_given: None, active_history=True)


_keep_old_values()


def is_watched(row: object) -> bool:
    return type(row) in WATCHED


def thing_of(row: BaseModel) -> Thing:
    watched = WATCHED[type(row)]
    (key,) = inspect(row).mapper.primary_key_from_instance(row)
    return Thing(watched.kind, str(key), watched.name(row), watched.unit(row))


def change_of(row: BaseModel, new: bool) -> Change | None:
    """What a flush changed of the row; None where nothing that is watched differs."""
    watched = WATCHED[type(row)]
    changed = _changed(row, (*watched.told, *watched.named))
    if not new and not changed:
        return None
    told = {name: getattr(row, name) for name in changed if name in watched.told}
    details: dict[str, Any] = {"new": {name: value for name, value in told.items() if value is not None}}
    if not new:
        details = {"new": told, "old": {name: changed[name] for name in told}}
    quiet = sorted(name for name in changed if name in watched.named and not (new and not getattr(row, name)))
    if quiet:
        details["also"] = quiet
    deed = Deed.CREATED if new else watched.deed(row, changed)
    return deed, thing_of(row), details


def deletion_of(row: BaseModel) -> Change:
    watched = WATCHED[type(row)]
    old = {name: value for name in watched.told if (value := getattr(row, name)) is not None}
    return Deed.DELETED, thing_of(row), {"old": old}


def _changed(row: BaseModel, names: tuple[str, ...]) -> dict[str, Any]:
    """The columns that differ, with their old values."""
    attributes = inspect(row).attrs
    found: dict[str, Any] = {}
    for name in names:
        history = attributes[name].history
        if history.has_changes():
            old = history.deleted[0] if history.deleted else None
            if old != getattr(row, name) or name in ("mf_recovery_codes",):
                found[name] = old
    return found
