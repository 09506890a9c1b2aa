"""What is written to people about a case: that it is theirs, that a limit comes near, that it was handed on."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale, format_datetime
from flask_babel import lazy_gettext as _l

from survey.cases.limits import NEVER
from survey.config import Settings
from survey.duty.plan import Plan
from survey.locales import say
from survey.models import Case, CaseKind, Limited, User
from survey.outbox import registry, service

SEVERITIES = {"serious": _l("serious"), "ordinary": _l("ordinary"), "attention": _l("to be noted")}
STEPS = {
    Limited.ACKNOWLEDGE: _l("acknowledge the case"),
    Limited.CONTACT: _l("speak with the customer"),
    Limited.RESOLVE: _l("resolve the case"),
}
_SAMPLE = {
    "number": "K7QM4TXZ2B",
    "unit": "Ward 3",
    "severity": "serious",
    "step": "acknowledge the case",
    "due": "24 Nov 2026, 10:30",
    "link": "https://survey.example.org/cases/K7QM4TXZ2B",
}
registry.register("case_assigned", title=_l("A case was given to somebody"), sample=_SAMPLE)
registry.register("case_warning", title=_l("A time limit of a case comes near"), sample=_SAMPLE)
registry.register("case_escalated", title=_l("A time limit of a case has passed"), sample=_SAMPLE)
registry.register("case_waited", title=_l("A customer has not answered in time"), sample=_SAMPLE)
registry.register("case_written", title=_l("A customer has written about a case"), sample=_SAMPLE)
registry.register("case_drill", title=_l("A drill of the duty chain"), sample=_SAMPLE)


def tell(case: Case, to: User, template: str, what: Limited, due: datetime | None) -> None:
    """Writes the message for the last event of the case; for a drill that it is one."""
    if case.kind == CaseKind.DRILL:
        template = "case_drill"
    cause = f"case:{case.id}:{case.events_count}"
    service.put(cause, to, template, _fields(case, to, what, due))


def _fields(case: Case, to: User, what: Limited, due: datetime | None) -> dict[str, Any]:
    settings: Settings = current_app.extensions["settings"]
    locale = to.locale or settings.locale
    with force_locale(locale):
        return {
            "number": case.public_id,
            "unit": say(case.unit.names, locale),
            "severity": str(SEVERITIES[case.severity]),
            "step": str(STEPS[what]),
            "due": _local(due, case) if due and due < NEVER else "–",
            "link": f"{settings.base_url}/cases/{case.public_id}",
        }


def _local(at: datetime, case: Case) -> str:
    zone = ZoneInfo(Plan([case.unit], at.date()).calendar(case.unit_id).timezone)
    return format_datetime(at.astimezone(zone), "d MMM y, HH:mm", rebase=False)
