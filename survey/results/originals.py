"""Reading a comment as it was written: for those who may, with a reason that goes into the audit trail first."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, render_template
from flask_babel import lazy_gettext as _l
from flask_security import current_user
from flask_wtf import FlaskForm
from sqlalchemy import Row, select
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from survey import audit
from survey.access import Act, limited, required
from survey.errors import Missing
from survey.extensions import db
from survey.models import Comment, Questionnaire, Response
from survey.processing import originals

blueprint = Blueprint("originals", __name__, url_prefix="/results/comments")
MOST = 300  # characters of a reason


class ReasonForm(FlaskForm):
    reason = StringField(
        _l("Why you need to know"),
        [InputRequired(_l("Please say why.")), Length(max=MOST, message=_l("At most 300 characters."))],
        filters=[lambda text: " ".join((text or "").replace("\x00", "").split())],
        description=_l("Such as: the patient asked to be called back. It is kept in the audit trail."),
    )


@blueprint.route("/<uuid:response_id>/<code>/original", methods=["GET", "POST"])
@required(Act.READ_ORIGINALS)
def show(response_id: uuid.UUID, code: str) -> str | tuple[str, int]:
    found = _found(response_id, code)
    form = ReasonForm()
    if not form.is_submitted():
        return _page(found, form)
    if not form.validate() or not form.reason.data:
        form.reason.errors = form.reason.errors or [_l("Please say why.")]
        return _page(found, form), 422
    thing = audit.Thing("comments", found.questionnaire, found.questionnaire, found.unit_id)
    audit.saw(audit.Deed.SAW, thing, {"original": f"{response_id}", "why": form.reason.data})
    return _page(found, form, originals.given(db.session.get_one(Response, response_id)).get(code))


def _found(response_id: uuid.UUID, code: str) -> Row[Any]:
    """The comment, where it is this person's to see. Raises Missing."""
    statement: Any = (
        select(Comment.text, Comment.unit_id, Comment.language, Questionnaire.code.label("questionnaire"))
        .join(Questionnaire, Questionnaire.id == Comment.questionnaire_id)
        .where(Comment.response_id == response_id, Comment.question_code == code, Comment.text != "")
    )
    found: Row[Any] | None = db.session.execute(
        limited(statement, Comment.unit_id, current_user)
    ).one_or_none()
    if found is None:
        raise Missing
    return found


def _page(found: Row[Any], form: ReasonForm, written: str | None = None) -> str:
    return render_template("results/original.html", comment=found, form=form, written=written)
