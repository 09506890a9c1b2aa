"""Entries of the audit trail as sentences, in the language of the reader."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask_babel import lazy_gettext as _l

from survey.models import ActorKind, Deed
from survey.trail.queries import Entry

ACTORS: dict[str, Any] = {
    ActorKind.PERSON: _l("A person who was signed in"),
    ActorKind.NOBODY: _l("Somebody not signed in"),
    ActorKind.RESPONDENT: _l("A respondent with a receipt"),
    ActorKind.COMMAND_LINE: _l("The command line"),
    ActorKind.WORKER: _l("The worker"),
}
DEEDS: dict[str, Any] = {
    Deed.CREATED: _l("Made"),
    Deed.CHANGED: _l("Changed"),
    Deed.DELETED: _l("Deleted"),
    Deed.CLOSED: _l("Closed"),
    Deed.REOPENED: _l("Opened again"),
    Deed.PAUSED: _l("Paused"),
    Deed.RESUMED: _l("Resumed"),
    Deed.PUBLISHED: _l("Published"),
    Deed.RETIRED: _l("Retired"),
    Deed.IMPORTED: _l("Imported"),
    Deed.ERASED: _l("Erased"),
    Deed.SAW: _l("Seen"),
    Deed.EXPORTED: _l("Exported"),
    Deed.DOWNLOADED: _l("Downloaded"),
    Deed.RESTORED: _l("Restored"),
    Deed.SIGNED_IN: _l("Signed in"),
    Deed.SIGN_IN_FAILED: _l("Failed to sign in"),
    Deed.SIGNED_OUT: _l("Signed out"),
    Deed.SESSIONS_ENDED: _l("Sessions ended"),
    Deed.PASSWORD_SET: _l("Password set"),
    Deed.PASSWORD_LINK: _l("Link to set a password"),
    Deed.SECOND_FACTOR_ON: _l("Second factor on"),
    Deed.SECOND_FACTOR_OFF: _l("Second factor off"),
    Deed.RECOVERY_CODES: _l("Recovery codes"),
}
_SENTENCES: dict[str, Any] = {
    Deed.CREATED: _l("%(who)s made %(what)s."),
    Deed.CHANGED: _l("%(who)s changed %(what)s."),
    Deed.DELETED: _l("%(who)s deleted %(what)s."),
    Deed.CLOSED: _l("%(who)s closed %(what)s."),
    Deed.REOPENED: _l("%(who)s opened %(what)s again."),
    Deed.PAUSED: _l("%(who)s paused %(what)s."),
    Deed.RESUMED: _l("%(who)s resumed %(what)s."),
    Deed.PUBLISHED: _l("%(who)s published %(what)s."),
    Deed.RETIRED: _l("%(who)s retired %(what)s."),
    Deed.IMPORTED: _l("%(who)s imported responses: %(what)s."),
    Deed.ERASED: _l("%(who)s erased %(what)s."),
    Deed.SAW: _l("%(who)s looked at %(what)s."),
    Deed.EXPORTED: _l("%(who)s exported %(what)s."),
    Deed.DOWNLOADED: _l("%(who)s downloaded from %(what)s."),
    Deed.RESTORED: _l("%(who)s restored the installation from a backup."),
    Deed.SIGNED_IN: _l("%(who)s signed in."),
    Deed.SIGN_IN_FAILED: _l("%(who)s failed to sign in as %(what)s."),
    Deed.SIGNED_OUT: _l("%(who)s signed out."),
    Deed.SESSIONS_ENDED: _l("%(who)s ended the sessions of %(what)s."),
    Deed.PASSWORD_SET: _l("%(who)s set the password of %(what)s."),
    Deed.PASSWORD_LINK: _l("%(who)s asked for a link to set the password of %(what)s."),
    Deed.SECOND_FACTOR_ON: _l("%(who)s set up the second factor of %(what)s."),
    Deed.SECOND_FACTOR_OFF: _l("%(who)s took away the second factor of %(what)s."),
    Deed.RECOVERY_CODES: _l("%(who)s made or used recovery codes of %(what)s."),
}
KINDS: dict[str, Any] = {
    "user": _l("Person"),
    "unit": _l("Unit"),
    "service_type": _l("Service type"),
    "questionnaire": _l("Questionnaire"),
    "version": _l("Version of a questionnaire"),
    "link": _l("Link"),
    "batch": _l("Invitations"),
    "upload": _l("Uploaded file"),
    "known_totals": _l("Known totals"),
    "own_topic": _l("Topic of your own"),
    "own_term": _l("Term of a topic"),
    "baseline": _l("Baseline of a chart"),
    "report": _l("Report"),
    "import": _l("Import"),
    "results": _l("Figures"),
    "comments": _l("Comments"),
    "reader": _l("Reader of comments"),
    "responses": _l("Responses"),
    "tallies": _l("Stored counts"),
    "action": _l("Action"),
    "target": _l("Target"),
    "public_reply": _l("You said, we did"),
    "case": _l("Case"),
    "cases": _l("Figures of cases"),
    "case_cause": _l("Cause"),
    "customer_tier": _l("Customer tier"),
    "alert_rule": _l("Rule of alerts"),
    "benchmarks": _l("Benchmarks"),
    "work_calendar": _l("Working hours"),
    "special_day": _l("Holiday or day worked instead"),
    "time_limit": _l("Time limit"),
    "duty_turn": _l("Duty turn"),
    "absence": _l("Absence"),
    "drill": _l("Drill"),
    "drills": _l("Drills"),
    "drill_plan": _l("Monthly drill"),
    "audit": _l("Audit trail"),
    "messages": _l("Messages"),
    "message_endpoint": _l("Group or program that gets messages"),
    "message_text": _l("Text of a message"),
    "channel": _l("Channel of messages"),
    "job": _l("Job"),
    "backup": _l("Backup of the whole installation"),
}
_COLUMNS: dict[str, Any] = {
    "email": _l("E-mail address"),
    "name": _l("Name"),
    "names": _l("Name"),
    "role": _l("Role"),
    "locale": _l("Language"),
    "code": _l("Code"),
    "kind": _l("Kind"),
    "label": _l("Label"),
    "channel": _l("Channel"),
    "status": _l("Status"),
    "number": _l("Version"),
    "password": _l("Password"),
    "reason": _l("Reason"),
    "source": _l("Source"),
    "as_of": _l("As of"),
    "totals": _l("Totals"),
    "margin": _l("Totals by"),
    "from": _l("From"),
    "to": _l("To"),
    "first_on": _l("From"),
    "last_on": _l("To"),
    "format": _l("File"),
    "file": _l("File"),
    "made_at": _l("Made at"),
    "trail": _l("Last entry of the audit trail before"),
    "links": _l("Links"),
    "invitations": _l("Invitations"),
    "delivery": _l("Delivery report"),
    "responses": _l("Responses"),
    "rows": _l("Rows"),
    "opens_at": _l("Opens"),
    "closes_at": _l("Closes"),
    "closed_at": _l("Closed"),
    "paused_at": _l("Paused"),
    "retired_at": _l("Retired"),
    "active": _l("Open"),
    "title": _l("Title"),
    "units": _l("Units that take part"),
    "comparators": _l("Units to compare with"),
    "starts_on": _l("Start"),
    "expected": _l("What is expected"),
    "responsible": _l("Responsible"),
    "value": _l("Target"),
    "valid_from": _l("First day"),
    "valid_to": _l("Last day"),
    "timezone": _l("Time zone"),
    "weekly": _l("Working hours"),
    "tier": _l("Tier"),
    "weekdays": _l("Days of the week"),
    "minutes": _l("Minutes"),
    "day": _l("Date"),
}
_REASONS: dict[str, Any] = {
    "on request": _l("on request"),
    "kept long enough": _l("the time for which they are kept is over"),
    "texts kept long enough": _l("the time for which texts are kept is over"),
    "unknown": _l("there is no account with this address"),
    "password": _l("wrong password"),
    "closed": _l("the account is closed"),
    "code": _l("wrong code of the second factor"),
    "recovery_code": _l("wrong recovery code"),
}


def sentence(entry: Entry) -> str:
    known = _SENTENCES.get(entry.deed)
    if known is None:
        return f"{actor(entry)}: {entry.deed}, {thing(entry)}"
    return str(known) % {"who": actor(entry), "what": thing(entry)}


def actor(entry: Entry) -> str:
    return entry.actor_name or str(ACTORS.get(entry.actor_kind, entry.actor_kind))


def thing(entry: Entry) -> str:
    """A person by the name alone; anything else by its kind and name."""
    if entry.thing_kind == "user":
        return entry.thing_name or str(_l("an address that is not known here"))
    name = entry.thing_name or entry.thing_id
    kind = str(KINDS.get(entry.thing_kind, entry.thing_kind))
    return str(_l("%(kind)s “%(name)s”")) % {"kind": kind, "name": name} if name else kind


def lines(entry: Entry) -> Iterator[tuple[str, str | None, str]]:
    """What, its old value (None where there is none to show), its new value."""
    details: dict[str, Any] = json.loads(entry.details)
    old, new = details.pop("old", {}), details.pop("new", {})
    for name in sorted(old.keys() | new.keys()):
        yield _column(name), _shown(old.get(name)) if old else None, _shown(new.get(name)) if new else "–"
    for name in details.pop("also", []):
        yield _column(name), None, str(_l("changed; its value is not kept"))
    for name, value in details.items():
        yield _column(name), None, str(_REASONS.get(value, value)) if name == "reason" else _shown(value)


def _column(name: str) -> str:
    return str(_COLUMNS.get(name, name))


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {text}" for key, text in value.items())
    return str(_l("yes") if value else _l("no")) if isinstance(value, bool) else str(value)
