"""What states, severities, events and limits of cases are called."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from survey.cases.service import NOT_TOLD
from survey.models import Appeal, CaseHappened, CaseKind, CaseState, Contact, Party, Severity

STATES: dict[str, Any] = {
    CaseState.OPEN: _l("New case"),
    CaseState.NOTIFIED: _l("To be acknowledged"),
    CaseState.ACKNOWLEDGED: _l("Acknowledged"),
    CaseState.IN_PROGRESS: _l("In progress"),
    CaseState.WAITING: _l("Waiting for the customer"),
    CaseState.RESOLVED: _l("Resolved"),
    CaseState.VERIFIED: _l("Verified"),
    CaseState.CLOSED: _l("Closed"),
    CaseState.REOPENED: _l("Reopened"),
}
TONES: dict[str, str] = {
    CaseState.OPEN: "warn",
    CaseState.NOTIFIED: "warn",
    CaseState.REOPENED: "warn",
    CaseState.RESOLVED: "good",
    CaseState.VERIFIED: "good",
    CaseState.CLOSED: "off",
}
SEVERITIES: dict[str, Any] = {
    Severity.SERIOUS: _l("Serious"),
    Severity.ORDINARY: _l("Ordinary"),
    Severity.ATTENTION: _l("Attention"),
}
SEVERITY_TONES: dict[str, str] = {Severity.SERIOUS: "bad", Severity.ORDINARY: "", Severity.ATTENTION: "off"}
KINDS: dict[str, Any] = {
    CaseKind.FEEDBACK: _l("Feedback"),
    CaseKind.ANALYSIS: _l("Analysis"),
    CaseKind.DRILL: _l("Drill"),
}
PRIORITIES = (_l("Usual"), _l("Raised"), _l("High"), _l("Highest"))
PARTIES: dict[str, Any] = {Party.SYSTEM: _l("Afterword"), Party.CUSTOMER: _l("Customer")}
EVENTS: dict[str, Any] = {
    CaseHappened.OPENED: _l("Case opened"),
    CaseHappened.JOINED: _l("More was said"),
    CaseHappened.NOTIFIED: _l("Somebody was notified"),
    CaseHappened.ACKNOWLEDGED: _l("Acknowledged by read-back"),
    CaseHappened.ASSIGNED: _l("Handed over"),
    CaseHappened.STARTED: _l("Work begun"),
    CaseHappened.CONTACT: _l("Contact with the customer"),
    CaseHappened.WAITING: _l("Waiting for the customer"),
    CaseHappened.RESUMED: _l("Work resumed"),
    CaseHappened.RESOLVED: _l("Case resolved"),
    CaseHappened.VERIFIED: _l("Case verified"),
    CaseHappened.TOLD: _l("Customer told of the outcome"),
    CaseHappened.CLOSED: _l("Case closed"),
    CaseHappened.REOPENED: _l("Case reopened"),
    CaseHappened.MERGED: _l("Cases merged"),
    CaseHappened.INVOLVED: _l("Second unit asked to help"),
    CaseHappened.APPEALED: _l("The unit appealed"),
    CaseHappened.DECIDED: _l("Appeal decided"),
    CaseHappened.PRIORITISED: _l("Priority set"),
    CaseHappened.EVIDENCE: _l("File added"),
    CaseHappened.NOTE: _l("Note"),
    CaseHappened.MESSAGE: _l("Message"),
    CaseHappened.RATED: _l("Customer rated the resolution"),
    CaseHappened.WARNED: _l("Warning before a time limit"),
    CaseHappened.ESCALATED: _l("Escalated"),
    CaseHappened.SENT: _l("Message sent"),
    CaseHappened.FAILED: _l("Message could not be delivered"),
}
SAID: dict[str, Any] = {  # what a text of an event is
    "text": "",
    "problem": _l("The matter"),
    "promise": _l("What will be done"),
    "measure": _l("Measure"),
    "outcome": _l("Outcome"),
    "evidence": _l("Evidence"),
}
WAYS: dict[str, Any] = {  # of speaking with a customer
    "phone": _l("Telephone"),
    "in_person": _l("In person"),
    "sms": _l("Text message"),
    "email": _l("E-mail"),
    "letter": _l("Letter"),
    "receipt_page": _l("Page of the receipt"),
}
LETTERS: dict[str, Any] = {  # to customers, by channel
    "email": _l("E-mail to the customer"),
    "sms": _l("Text message to the customer"),
}
TOLD: dict[str, Any] = WAYS | {NOT_TOLD: _l("Could not be told")}
LIMITS: dict[str, Any] = {
    "acknowledge": _l("Acknowledge"),
    "contact": _l("Speak with the customer"),
    "resolve": _l("Resolve"),
}
CONTACTS: dict[str, Any] = {
    Contact.MISSING: _l("No contact data"),
    Contact.WRONG: _l("Contact data are wrong"),
}
APPEALS: dict[str, Any] = {
    Appeal.PENDING: _l("Appeal to be decided"),
    Appeal.UPHELD: _l("Appeal upheld"),
    Appeal.REJECTED: _l("Appeal rejected"),
}


def number(public_id: str) -> str:
    """As it is read out."""
    return f"{public_id[:5]}-{public_id[5:]}"
