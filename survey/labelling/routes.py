"""Labelling comments one at a time, how right the readers are, and which of them reads."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis.sentiment import gate
from survey import audit
from survey.access import Act, may, required
from survey.bell import bell
from survey.errors import Missing
from survey.extensions import db
from survey.labelling import queries, readers, service
from survey.labelling.forms import EmptyForm, LabelForm
from survey.models.calibration import LANGUAGES
from survey.processing import evaluating, learning

blueprint = Blueprint("labelling", __name__, url_prefix="/results/comments")
blueprint.app_context_processor(
    lambda: {"running_readers": readers.running, "reader_languages": readers.LANGUAGE_NAMES}
)  # the comments page names them too
ONE_OF = f"any({', '.join(LANGUAGES)})"
Page = str | tuple[str, int] | Response


def _min_n() -> int:
    return int(current_app.extensions["settings"].min_n)


def _mode() -> str:
    mode = request.args.get("mode", queries.TEACH)
    return mode if mode in queries.MODES else queries.TEACH


def _again(language: str) -> Response:
    return redirect(url_for(".page", language=language, mode=_mode()), 303)


@blueprint.get(f"/label/<{ONE_OF}:language>")
@required(Act.LABEL_COMMENTS)
def page(language: str) -> Page:
    audit.saw_first(
        audit.Deed.SAW, audit.Thing("comments", f"labelling-{language}", _("Comments to be labelled"))
    )
    return _shown(language, LabelForm())


def _shown(language: str, form: LabelForm) -> str:
    return render_template(
        "labelling/page.html",
        language=language,
        languages=queries.languages(),
        names=readers.LANGUAGE_NAMES,
        mode=_mode(),
        wanted=queries.WANTED,
        form=form,
        asked=queries.following(current_user, language, _mode(), _min_n()),
        progress=queries.progress(language),
        last=queries.last_label(current_user, language),
    )


@blueprint.post(f"/label/<{ONE_OF}:language>")
@required(Act.LABEL_COMMENTS)
def label(language: str) -> Page:
    form = LabelForm()
    if not form.validate_on_submit():
        return _shown(language, form), 422
    asked = queries.one(current_user, language, form.key, _min_n())
    if asked is None:
        _foreign(form.key)
        return _again(language)  # sent twice: the first time counted
    service.label(current_user, *form.key, form.label.data or "", asked.how)
    db.session.commit()
    return _again(language)


def _foreign(key: Any) -> None:
    """Raises Missing for a comment that is not this person's to see."""
    service.visible(current_user, *key)


@blueprint.post(f"/label/<{ONE_OF}:language>/back")
@required(Act.LABEL_COMMENTS)
def back(language: str) -> Page:
    last = queries.last_label(current_user, language) if EmptyForm().validate_on_submit() else None
    if last is None:
        flash(_("There is no label of yours to take back."), "error")
    else:
        service.undo(current_user, last.response_id, last.question_code)
        db.session.commit()
        flash(_("Your last label is taken back; the comment comes again."), "success")
    return _again(language)


@blueprint.get("/reading")
@required(Act.READ_RESULTS)
def reading() -> str:
    """How right the readers are, and which of them reads."""
    thing = audit.Thing("comments", "reading", _("Comments that were read wrongly"))
    audit.saw_first(audit.Deed.SAW, thing)
    found = {language: evaluating.newest(language) for language in queries.languages()}
    return render_template(
        "labelling/reading.html",
        found=found,
        names=readers.LANGUAGE_NAMES,
        progress={language: queries.progress(language) for language in found},
        errors={name: readers.errors(current_user, one, _min_n()) for name, one in found.items()},
        versions={language: readers.versions(language) for language in found},
        history={language: readers.history(language) for language in found},
        live=readers.live(),
        wanted=queries.WANTED,
        of_class=gate.LEAST_OF_CLASS,
        reason=readers.reason,
        method=readers.method_name,
        least=evaluating.LEAST_OF_PURPOSE,
        administers=may(current_user, Act.ADMINISTER),
    )


@blueprint.post(f"/reading/<{ONE_OF}:language>/learn")
@required(Act.ADMINISTER)
def learn(language: str) -> Page:
    if not EmptyForm().validate_on_submit():
        abort(400)
    learning.ask(language, current_user)
    audit.record(audit.Deed.CHANGED, audit.Thing("reader", language, language), {"new": {"asked": "learn"}})
    db.session.commit()
    bell.ring()
    flash(
        _(
            "It learns from your labels now. The result is here in a minute; nothing changes unless it reads better."
        ),
        "success",
    )
    return redirect(url_for(".reading") + f"#{language}", 303)


@blueprint.post(f"/reading/<{ONE_OF}:language>/choose/<int(max=2147483647):number>")
@required(Act.ADMINISTER)
def choose(language: str, number: int) -> Page:
    """0 are the rules."""
    if not EmptyForm().validate_on_submit():
        abort(400)
    if not readers.choose(language, number, current_user):
        raise Missing
    db.session.commit()
    bell.ring()
    flash(_("It reads from now on; stored comments are read again in the background."), "success")
    return redirect(url_for(".reading") + f"#{language}", 303)
