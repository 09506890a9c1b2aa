"""The page "Check a figure"."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from survey.access import Act, required
from survey.checking.findings import Found, of_means, of_shares
from survey.checking.forms import Figures, MeansForm, SharesForm
from survey.translation import locale

blueprint = Blueprint("checking", __name__, url_prefix="/check")
FORMS: dict[str, type[SharesForm] | type[MeansForm]] = {"shares": SharesForm, "means": MeansForm}


@blueprint.get("", defaults={"kind": "shares"})
@blueprint.get("/<any(means):kind>")
@required(Act.READ_RESULTS)
def figure(kind: str) -> str | tuple[str, int]:
    form = FORMS[kind](request.args)
    asked = any(field.name in request.args for field in form)
    found = _found(form) if asked and form.validate() else None
    page = render_template("checking/figure.html", form=form, kind=kind, found=found)
    return (page, 422) if asked and form.errors else page


def _found(form: Figures) -> Found | None:
    """None where something could not be read; the error then stands beside its field."""
    claim = form.claim()
    if isinstance(form, MeansForm):
        means, answers = form.groups(), form.answers()
        return None if form.errors else of_means(means, answers, claim, locale())
    if isinstance(form, SharesForm):
        shares = form.groups()
        return None if form.errors else of_shares(shares, claim, locale())
    return None
