"""Benchmarks: the list, and the same as a file, in and out."""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from analysis.statistics import METRICS
from analysis.wording import metric_name
from analysis.wording.numbers import ABSENT, in_unit
from survey import audit
from survey.access import Act, required
from survey.csv_tables import Report, uploaded
from survey.errors import DomainError
from survey.extensions import db
from survey.models import Benchmark
from survey.organisation.forms import FileForm
from survey.targets import queries
from survey.targets.benchmark_files import export_benchmarks, import_benchmarks
from survey.translation import locale


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/benchmarks", view_func=benchmarks)
    blueprint.add_url_rule("/benchmarks.csv", view_func=benchmarks_file)
    blueprint.add_url_rule("/benchmarks/import", view_func=import_file, methods=["GET", "POST"])
    number = "<int(max=2147483647):number>"
    blueprint.add_url_rule(f"/benchmarks/{number}/remove", view_func=remove_benchmark, methods=["POST"])


@required(Act.READ_RESULTS)
def benchmarks() -> str:
    return render_template(
        "targets/benchmarks.html",
        benchmarks=queries.benchmarks(),
        metric=lambda one: metric_name(one.metric, locale()),
        said=_said,
    )


def _said(one: Benchmark, value: float | None) -> str:
    return ABSENT if value is None else in_unit(value, METRICS[one.metric].unit)


@required(Act.READ_RESULTS)
def benchmarks_file() -> Response:
    head = {"Content-Disposition": 'attachment; filename="benchmarks.csv"'}
    return Response(export_benchmarks(queries.benchmarks()), mimetype="text/csv", headers=head)


@required(Act.SET_TARGETS)
def import_file() -> str:
    form, stored = FileForm(), False
    report: Report | None = None
    if form.validate_on_submit():
        try:
            form.text.data = uploaded(form.file.data or None, form.text.data or "")
            report = import_benchmarks(form.text.data, current_user)
            stored = bool(form.store.data) and not report.problems
            (db.session.commit if stored else db.session.rollback)()
        except DomainError as error:
            db.session.rollback()
            form.file.errors = [str(error)]
    return render_template("targets/import.html", form=form, report=report, stored=stored)


@required(Act.SET_TARGETS)
def remove_benchmark(number: int) -> AnyResponse:
    one = queries.benchmark_of(number)
    details = {"old": {"value": one.value, "source": one.source, "date": one.measured_on.isoformat()}}
    thing = audit.Thing("benchmarks", str(one.id), f"{one.code} {one.metric}")
    db.session.delete(one)
    audit.record(audit.Deed.DELETED, thing, details)
    db.session.commit()
    flash(_("The benchmark is removed."), "success")
    return redirect(url_for("targets.benchmarks"), 303)
