"""Reports: asking for one, the list, the page, its files, and whether its figures come out again."""

from __future__ import annotations

import io
import uuid
from datetime import datetime

from flask import (
    Blueprint,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    send_file,
    url_for,
)
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis.charts import CONFIG
from survey import audit, clock
from survey.access import Act, required, visible_unit
from survey.bell import bell
from survey.config import Settings
from survey.errors import Missing
from survey.extensions import db
from survey.figures import Places, issued, places
from survey.locales import TAGS, say
from survey.models import Report, Stage
from survey.reports import queries, service
from survey.reports.document import document
from survey.reports.forms import NONE, ReportForm, months_offered
from survey.reports.periods import last_whole_month
from survey.reports.reproducing import reproduce
from survey.reports.workbook import workbook
from survey.results.choosing import title
from survey.translation import locale

blueprint = Blueprint("reports", __name__, url_prefix="/reports")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _settings() -> Settings:
    settings: Settings = current_app.extensions["settings"]
    return settings


@blueprint.get("/")
@required(Act.READ_RESULTS)
def index() -> str:
    return _index(_form(places(current_user)))


@blueprint.post("/")
@required(Act.READ_RESULTS)
def ask() -> str | tuple[str, int] | Response:
    seen = places(current_user)
    form = _form(seen)
    if form.unit.data and not form.unit.many:
        visible_unit(current_user, form.unit.data)
    if not form.validate():
        return _index(form), 422
    questionnaire = next(one for one in issued() if one.code == form.questionnaire.data)
    unit = visible_unit(current_user, form.unit.data) if form.unit.data else None
    wanted = service.Wanted(questionnaire, unit, form.days, form.language.data)
    made = service.ask(wanted, current_user, _settings())
    return _handed_over(made)


def _handed_over(report: Report) -> Response:
    number = report.id
    db.session.commit()
    bell.ring()
    return redirect(url_for("reports.show", number=number), 303)


def _form(seen: Places) -> ReportForm:
    form = ReportForm()
    asked = locale()
    last = clock.today(_settings().timezone)
    months = months_offered(last, asked)
    units = seen.offered(asked)
    everything = queries.scope_of(current_user, seen) is None
    form.fill(
        {"month": f"{last_whole_month(last):%Y-%m}", "until": "", "language": asked},
        questionnaire=[(one.code, title(one, asked)) for one in issued()],
        unit=[("", _("The whole organisation")), *units] if everything else units,
        month=months,
        until=[NONE, *months],
    )
    return form


def _index(form: ReportForm) -> str:
    before = _instant(request.args.get("before", ""))
    found = queries.page(current_user, places(current_user), before)
    older = found[queries.PAGE - 1].made_at.isoformat() if len(found) > queries.PAGE else ""
    return render_template(
        "reports/index.html", form=form, reports=found[: queries.PAGE], older=older, say=_said
    )


def _instant(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


def _said(report: Report) -> str:
    return say(report.unit.names, locale()) if report.unit else _("The whole organisation")


def _found(number: uuid.UUID) -> Report:
    return queries.report_of(number, current_user, places(current_user))


def _noted(number: uuid.UUID) -> Report:
    found = _found(number)
    name = f"{found.first_on} – {found.last_on}"
    audit.saw_figures(audit.Thing("report", str(number), name, found.unit_id), _settings().timezone)
    return _found(number)


@blueprint.get("/<uuid:number>")
@required(Act.READ_RESULTS)
def show(number: uuid.UUID) -> str:
    return _page(_noted(number))


@blueprint.get("/<uuid:number>/check")
@required(Act.READ_RESULTS)
def check(number: uuid.UUID) -> str:
    """The report with what became of its figures."""
    found = _noted(number)
    return _page(found, reproduce(found, _settings()))


def _page(found: Report, reproduced: object = None) -> str:
    return render_template(
        "reports/show.html",
        report=found,
        document=document(found, _settings()),
        tag=TAGS[found.locale],
        config=CONFIG,
        Stage=Stage,
        reproduced=reproduced,
    )


@blueprint.get("/<uuid:number>/state")
@required(Act.READ_RESULTS)
def state(number: uuid.UUID) -> Response:
    """For the page, which asks while the worker is at it."""
    return jsonify(stage=_found(number).stage)


@blueprint.get("/<uuid:number>/file.<any(pdf,xlsx):kind>")
@required(Act.READ_RESULTS)
def file(number: uuid.UUID, kind: str) -> Response:
    found = _found(number)
    if kind == "pdf" and found.stage != Stage.DONE:
        raise Missing
    audit.saw(audit.Deed.DOWNLOADED, found, {"format": kind})
    found = _found(number)
    content = found.pdf if kind == "pdf" else workbook(document(found, _settings()))
    name = f"{found.questionnaire.code}-{found.first_on}-{found.last_on}-{TAGS[found.locale]}.{kind}"
    mimetype = "application/pdf" if kind == "pdf" else XLSX
    return send_file(io.BytesIO(content or b""), mimetype, as_attachment=True, download_name=name)


@blueprint.post("/<uuid:number>/again")
@required(Act.READ_RESULTS)
def again(number: uuid.UUID) -> Response:
    found = _found(number)
    service.again(found)
    audit.record(audit.Deed.CHANGED, found, {"new": {"stage": found.stage}})
    flash(_("The PDF is being made again."), "success")
    return _handed_over(found)
