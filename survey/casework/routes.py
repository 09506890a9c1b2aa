"""The page of a case, the steps on it, what was written in full, and its files."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from survey import audit, clock
from survey.access import Act, may, required
from survey.cases import evidence, letters, queries, texts
from survey.cases.causes import path
from survey.cases.inbox import Place
from survey.cases.limits import NEVER
from survey.cases.seeing import case_of, reads_originals, takers
from survey.casework import customers, forms, said, steps, wording
from survey.distribute.forms import choices
from survey.errors import Conflict, DomainError, Forbidden, Invalid, Missing
from survey.extensions import db
from survey.figures import places
from survey.locales import say
from survey.models import Case, Unit, User
from survey.outbox.message_routes import WHY
from survey.results.framing import settings
from survey.translation import locale

blueprint = Blueprint("case", __name__, url_prefix="/cases")
NUMBER = "<string(minlength=10):public_id>"  # nothing else under the same address is as long
Page = str | tuple[str, int] | AnyResponse


@blueprint.get(f"/{NUMBER}")
@required(Act.READ_CASES)
def show(public_id: str) -> str:
    case = case_of(current_user, public_id)
    audit.saw_first(audit.Deed.SAW, audit.Thing("case", case.public_id, case.public_id, case.unit_id))
    return _page(case_of(current_user, public_id))


@blueprint.post(f"/{NUMBER}/original")
@required(Act.READ_CASES)
def original(public_id: str) -> Page:
    """What was said, with what is hidden from everybody else; each reading is on record first."""
    case = case_of(current_user, public_id)
    if not reads_originals(current_user, case):
        raise Forbidden
    thing = audit.Thing("case", case.public_id, case.public_id, case.unit_id)
    audit.saw(audit.Deed.SAW, thing, {"original": True})
    return _page(case_of(current_user, public_id), originals=True)


@blueprint.post(f"/{NUMBER}/<step>")
@required(Act.WORK_CASES)
def do(public_id: str, step: str) -> Page:
    case = case_of(current_user, public_id)
    doing = steps.STEPS.get(step)
    if doing is None:
        raise Missing
    form = doing.form()
    offer(form, case, current_user)
    if form.validate():
        try:
            doing.run(case, form, steps.Doing(current_user, settings().timezone))
            db.session.commit()
            flash(str(doing.done), "success")
            return redirect(url_for(".show", public_id=public_id), 303)
        except (Invalid, Conflict) as error:
            db.session.rollback()
            return _refused(public_id, step, form, error)
    return _page(case_of(current_user, public_id), step, form), 422


def _refused(public_id: str, step: str, form: forms.StepForm, error: DomainError) -> Page:
    """With everything that was typed. A later try is about what is on the page now."""
    if error.field and error.field in form:
        form[error.field].errors = [*form[error.field].errors, error.message]
    else:
        flash(str(error.message), "error")
    case = case_of(current_user, public_id)
    form.seen.data = str(case.events_count)
    return _page(case, step, form), error.status


@blueprint.get("/files/<uuid:file_id>")
@required(Act.READ_CASES)
def file(file_id: uuid.UUID) -> Response:
    _found, case = queries.file_of(current_user, file_id)
    thing = audit.Thing("case", case.public_id, case.public_id, case.unit_id)
    audit.saw(audit.Deed.DOWNLOADED, thing, {"file": str(file_id)})
    found, _case = queries.file_of(current_user, file_id)
    answer = Response(evidence.content(found), mimetype=found.media_type)
    answer.headers.set("Content-Disposition", "attachment", filename=_ascii(found.name))
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _ascii(name: str) -> str:
    """Old browsers read the header as Latin-1."""
    kept = "".join(
        letter if letter.isascii() and letter.isprintable() and letter not in '"\\' else "_"
        for letter in name
    )
    return kept or "file"


def _page(case: Case, step: str = "", sent: forms.StepForm | None = None, originals: bool = False) -> str:
    chosen, others, prepared = _prepared(case, step, sent)
    now, voices = clock.now(), said.voices(case, originals, locale())
    written = texts.of_case(case.id)
    return render_template(
        "casework/case.html",
        case=case,
        main=chosen,
        others=others,
        forms=prepared,
        sent=step,
        customers=customers.labels(case),
        voices=voices,
        tells_time=said.tells_time(case, voices),
        reads_originals=reads_originals(current_user, case) and not originals,
        events=[(event, written.get(event.number, {})) for event in queries.events(case)],
        sent_letters=letters.of_case(case),
        helping=queries.helping(case),
        files=queries.files(case),
        merged=queries.merged(case),
        cause=[say(one.names, locale()) for one in path(case.cause)] if case.cause else [],
        people=_people,
        unit_name=lambda id_: say(unit.names, locale()) if (unit := db.session.get(Unit, id_)) else "",
        news=url_for("cases.news", view="all", state="shown", since=_since(case, voices)),
        now=now,
        never=NEVER,
        words=wording,
        why_not=WHY,
    )


def _prepared(
    case: Case, step: str, sent: forms.StepForm | None
) -> tuple[steps.Step | None, list[steps.Step], dict[str, forms.StepForm]]:
    """The next step, the others, and their forms; `sent` in the place of its own."""
    offered = steps.offered(case, current_user) if may(current_user, Act.WORK_CASES) else []
    if sent is not None and not any(one.code == step for one in offered):
        offered = [*offered, steps.STEPS[step]]  # nothing typed is lost, also where it came too late
    chosen = steps.main(case, offered)
    prepared = {one.code: _fresh(one, case) for one in offered}
    if sent is not None:
        prepared[step] = sent
    return chosen, [one for one in offered if one is not chosen], prepared


def _since(case: Case, voices: list[said.Voice]) -> str:
    """From when on changes are news; the last one's instant is that of the opening where nothing came since."""
    return str(Place(case.changed_at if said.tells_time(case, voices) else clock.now(), 0))


def _people(id_: str) -> str:
    person = db.session.get(User, uuid.UUID(id_))
    return (person.name or person.email) if person else ""


def _fresh(step: steps.Step, case: Case) -> forms.StepForm:
    form = step.form(formdata=None, prefix="")
    form.seen.data = str(case.events_count)
    offer(form, case, current_user)
    if isinstance(form, forms.PriorityForm):
        form.priority.data = str(case.priority)
    if isinstance(form, forms.CloseForm):
        form.told_on.data = clock.today(settings().timezone)
    return form


def offer(form: forms.StepForm, case: Case, person: User) -> None:
    """What the lists of a form may hold for this case."""
    if isinstance(form, forms.ResolveForm):
        tree = [(d, one) for d, one in queries.causes() if one.ended_at is None]
        _choose(form.cause, [(str(one.id), "\u2003" * d + say(one.names, locale())) for d, one in tree])
    if isinstance(form, forms.AnswerForm):
        customers.offer(form, case)
    if isinstance(form, forms.AssignForm):
        _choose(form.to, [(str(one.id), one.name or one.email) for one in _takers(case, person)])
    if isinstance(form, forms.MergeForm):
        near = queries.similar(case)
        _choose(form.into, [(one.public_id, wording.number(one.public_id)) for one in near])
    if isinstance(form, (forms.InvolveForm, forms.DecideForm)):
        form.unit.choices = choices([("", _("Please choose")), *places(person).offered(locale())])


def _takers(case: Case, person: User) -> Sequence[User]:
    found = takers([case.unit])
    return found if person.unit_id or person in found else [person, *found]


def _choose(field: Any, pairs: list[tuple[str, str]]) -> None:
    field.choices = choices([("", _("Please choose")), *pairs])
