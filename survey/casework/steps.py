"""What can be done with a case: one line a step, with its form, its words and when it is offered."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l

from survey.access import visible_unit
from survey.cases import appeals, causes, evidence, service, talking, together
from survey.cases.life import ALLOWED
from survey.cases.seeing import case_of, takes
from survey.casework import customers, forms
from survey.errors import Invalid
from survey.extensions import db
from survey.models import Appeal, Case, CaseHappened, CaseKind, CaseState, User

_S = CaseState


@dataclass(frozen=True, slots=True)
class Doing:
    """Who does it, where: what a step needs beside case and form."""

    person: User
    timezone: str


Run = Callable[[Case, Any, Doing], object]


@dataclass(frozen=True, slots=True)
class Step:
    code: str
    title: Any  # the button
    form: type[forms.StepForm]
    run: Run
    done: Any  # what is said afterwards
    offered: Callable[[Case, User], bool]


def _leads(to: CaseState) -> Callable[[Case, User], bool]:
    return lambda case, _person: to in ALLOWED[case.state]


def _running(case: Case, _person: User) -> bool:
    return case.is_running


def _acknowledge(case: Case, form: forms.AcknowledgeForm, doing: Doing) -> None:
    service.acknowledge(case, doing.person, form.problem.data, form.promise.data, form.last_seen)


def _contact(case: Case, form: forms.ContactForm, doing: Doing) -> None:
    result = form.result.data
    problem = result if result in forms.CONTACTS else ""
    reached = result == forms.REACHED
    service.contact(case, doing.person, form.how.data, reached, form.text.data, problem, form.last_seen)


def _answer(case: Case, form: forms.AnswerForm, doing: Doing) -> None:
    to = customers.response_of(case, form.to.data) if "to" in form and form.to.data else None
    talking.say(case, doing.person, form.text.data, to, form.last_seen)


def _wait(case: Case, form: forms.WaitForm, doing: Doing) -> None:
    day = form.until.data or date.min
    until = datetime.combine(day, time(23, 59), ZoneInfo(doing.timezone))
    service.wait(case, doing.person, form.what.data, until, form.last_seen)


def _resolve(case: Case, form: forms.ResolveForm, doing: Doing) -> None:
    cause = causes.cause_of(int(form.cause.data))
    service.resolve(case, doing.person, cause, form.measure.data, form.outcome.data, form.last_seen)


def _close(case: Case, form: forms.CloseForm, doing: Doing) -> None:
    told = service.Told(form.told_on.data or date.min, form.told_how.data)
    service.close(case, doing.person, form.evidence.data, told, form.last_seen)


def _assign(case: Case, form: forms.AssignForm, doing: Doing) -> None:
    service.assign(case, taker(case, form.to.data), doing.person, form.last_seen)


def taker(case: Case, id_: str) -> User:
    """Raises Invalid for somebody who may not take this case."""
    person: User | None = None
    with suppress(ValueError):
        person = db.session.get(User, uuid.UUID(id_))
    if person is None or not takes(person, case.unit):
        raise Invalid(_l("Please choose one."), field="to")
    return person


def _involve(case: Case, form: forms.InvolveForm, doing: Doing) -> None:
    together.involve(case, visible_unit(doing.person, form.unit.data or ""), doing.person, form.why.data)


def _decide(case: Case, form: forms.DecideForm, doing: Doing) -> None:
    to = visible_unit(doing.person, form.unit.data) if form.unit.data else None
    upheld = form.upheld.data == "yes"
    appeals.decide(case, doing.person, upheld, form.why.data, to, form.last_seen)


def _merge(case: Case, form: forms.MergeForm, doing: Doing) -> None:
    into = case_of(doing.person, form.into.data)
    together.merge(into, [case], doing.person, form.why.data)


def _add_file(case: Case, form: forms.FileForm, doing: Doing) -> None:
    sent = form.file.data
    content = sent.read(evidence.LARGEST + 1) if hasattr(sent, "read") else b""
    evidence.add(case, doing.person, getattr(sent, "filename", "") or "", content)


def _may_decide(case: Case, person: User) -> bool:
    return case.appeal == Appeal.PENDING and person.role in appeals.JUDGES


def _feedback(offered: Callable[[Case, User], bool]) -> Callable[[Case, User], bool]:
    return lambda case, person: case.kind != CaseKind.DRILL and offered(case, person)


def _reached(case: Case, _person: User) -> bool:
    return case.state in (_S.ACKNOWLEDGED, _S.IN_PROGRESS, _S.WAITING, _S.RESOLVED, _S.VERIFIED)


def _verifies(case: Case, person: User) -> bool:
    return case.state == _S.RESOLVED and case.resolved_by_id != person.id


_ALL = (
    Step("acknowledge", _l("Acknowledge"), forms.AcknowledgeForm, _acknowledge,
         _l("You have acknowledged the case; it is yours now."), _leads(_S.ACKNOWLEDGED)),
    Step("contact", _l("Speak with the customer"), forms.ContactForm, _contact,
         _l("The contact is on record."), _feedback(_reached)),
    Step("answer", _l("Write to the customer"), forms.AnswerForm,
         _answer, _l("The customer reads it behind the receipt."), _feedback(_reached)),
    Step("end-drill", _l("End the drill"), forms.StepForm,
         lambda case, form, doing: service.end_drill(case, doing.person), _l("The drill has ended."),
         lambda case, _person: case.kind == CaseKind.DRILL and case.state == _S.ACKNOWLEDGED),
    Step("start", _l("Go on with the work"), forms.StartForm,
         lambda case, form, doing: service.start(case, doing.person, form.text.data, form.last_seen),
         _l("The case is in progress."), _feedback(_leads(_S.IN_PROGRESS))),
    Step("resolve", _l("Resolve"), forms.ResolveForm, _resolve,
         _l("The case is resolved; somebody else verifies it."), _feedback(_leads(_S.RESOLVED))),
    Step("verify", _l("Verify"), forms.VerifyForm,
         lambda case, form, doing: service.verify(case, doing.person, form.text.data, form.last_seen),
         _l("The case is verified."), _verifies),
    Step("close", _l("Close"), forms.CloseForm, _close, _l("The case is closed."),
         lambda case, _person: case.state == _S.VERIFIED),
    Step("wait", _l("Wait for the customer"), forms.WaitForm, _wait, _l("The case waits for the customer."),
         _feedback(_leads(_S.WAITING))),
    Step("note", _l("Write a note"), forms.NoteForm,
         lambda case, form, doing: service.record(case, CaseHappened.NOTE, doing.person, form.text.data),
         _l("The note is kept."), lambda _case, _person: True),
    Step("assign", _l("Hand over"), forms.AssignForm, _assign, _l("The case is handed over."), _running),
    Step("prioritise", _l("Set the priority"), forms.PriorityForm,
         lambda case, form, doing: service.prioritise(case, int(form.priority.data), doing.person, form.last_seen),
         _l("The priority is set."), _feedback(_running)),
    Step("file", _l("Add a file"), forms.FileForm, _add_file, _l("The file is kept."), _feedback(_running)),
    Step("involve", _l("Ask a second unit"), forms.InvolveForm, _involve,
         _l("The unit sees the case from now on."), _feedback(_running)),
    Step("merge", _l("Merge"), forms.MergeForm, _merge, _l("The cases are one now."), _feedback(_running)),
    Step("appeal", _l("Appeal"), forms.WhyForm,
         lambda case, form, doing: appeals.appeal(case, doing.person, form.why.data, form.last_seen),
         _l("The appeal is on record."),
         lambda case, _person: case.is_running and case.appeal is None and case.kind != CaseKind.DRILL),
    Step("decide", _l("Decide the appeal"), forms.DecideForm, _decide, _l("The appeal is decided."), _may_decide),
    Step("reopen", _l("Reopen"), forms.WhyForm,
         lambda case, form, doing: service.reopen(case, doing.person, form.why.data, form.last_seen),
         _l("The case is open again."),
         _feedback(lambda case, person: case.merged_into_id is None and _leads(_S.REOPENED)(case, person))),
)  # fmt: skip
STEPS: Mapping[str, Step] = {step.code: step for step in _ALL}
_MAIN: Mapping[str, str] = {
    _S.OPEN: "acknowledge",
    _S.NOTIFIED: "acknowledge",
    _S.REOPENED: "acknowledge",
    _S.ACKNOWLEDGED: "contact",
    _S.IN_PROGRESS: "resolve",
    _S.WAITING: "start",
    _S.RESOLVED: "verify",
    _S.VERIFIED: "close",
}


def offered(case: Case, person: User) -> list[Step]:
    return [step for step in _ALL if step.offered(case, person)]


def main(case: Case, steps: list[Step]) -> Step | None:
    """The one that comes next."""
    code = _MAIN.get(case.state)
    if case.kind == CaseKind.DRILL and code == "contact":
        code = "end-drill"
    untried = case.contacted_at is None and case.contact_problem is None
    if code == "resolve" and untried and case.kind == CaseKind.FEEDBACK:
        code = "contact"
    if code == "contact" and case.kind == CaseKind.ANALYSIS:
        code = "start"
    return next((step for step in steps if step.code == code), None)
