"""The pages of rules on figures: signals of a control chart, targets that were missed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response as AnyResponse

from survey import clock
from survey.access import Act, required
from survey.alerts import queries, service, told
from survey.alerts.service import Wanted
from survey.alerts.watch import Watch, watch_of
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.figures import issued, places
from survey.form_errors import blame
from survey.locales import say
from survey.models import Questionnaire, Rule
from survey.results.choosing import title
from survey.results.framing import settings
from survey.rules.watch_form import WatchForm, filled, measurable
from survey.rules.watch_trying import WatchTried, tried
from survey.translation import locale

KINDS = ("signal", "target")
Page = str | tuple[str, int] | AnyResponse


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule(
        f"/rules/new/<any({','.join(KINDS)}):kind>/<code>", "new_watch", new, methods=["GET", "POST"]
    )


@required(Act.MANAGE_RULES)
def new(kind: str, code: str) -> Page:
    questionnaire = next((one for one in issued() if one.code == code), None)
    if questionnaire is None:
        raise Missing
    usual = {"severity": "attention", "by": "month", "worse_only": True, "likely_only": True}
    form = WatchForm(data=usual | {"valid_from": clock.today(settings().timezone)})
    wanted = _checked(form, kind, questionnaire)
    if wanted is not None:
        rule = service.write(wanted, current_user)
        db.session.commit()
        flash(
            _(
                "The rule is written. It is switched off: look at what it would have found, then switch it on."
            ),
            "success",
        )
        return redirect(url_for(".show", number=rule.id, days=365), 303)
    return _form("rules/new_watch.html", form, kind, about=title(questionnaire, locale()))


def change(number: int, watch: Watch) -> Page:
    """For who may change it."""
    rule = queries.rule_of(current_user, number, to_change=True)
    form = WatchForm(data=filled(Wanted.of(rule.now), watch))
    wanted = _checked(form, watch.watch, rule.now.questionnaire)
    if wanted is not None:
        try:
            service.change(rule, wanted, current_user)
            db.session.commit()
            flash(_("The change is kept beside what held before."), "success")
            return redirect(url_for(".show", number=number), 303)
        except Invalid as error:
            db.session.rollback()
            blame(form, error)
    rule = queries.rule_of(current_user, number, to_change=True)
    more = {"now": rule.now, "name": say(rule.now.names, locale())}
    return _form("rules/change_watch.html", form, watch.watch, **more)


def _checked(form: WatchForm, kind: str, questionnaire: Questionnaire | None) -> Wanted | None:
    offered = measurable(questionnaire, kind, locale()) if questionnaire else []
    form.offer(places(current_user).offered(locale()), offered)
    if not form.validate_on_submit():
        return None
    try:
        wanted = form.wanted(kind, questionnaire, current_user)
        service.check(wanted)
    except Invalid as error:
        blame(form, error)
        return None
    return wanted


def _form(template: str, form: WatchForm, kind: str, **more: Any) -> Page:
    page = render_template(template, form=form, kind=kind, **more)
    return (page, 422) if form.errors else page


def trial(rule: Rule, asked: int) -> WatchTried | None:
    """On the past year, when somebody asks for it."""
    watch = watch_of(rule.now.terms)
    if not asked or watch is None:
        return None
    given = settings()
    return tried(Wanted.of(rule.now), watch, clock.today(given.timezone), current_user, given.min_n)


def lines(found: WatchTried | None, rule: Rule) -> list[dict[str, Any]]:
    """Each signal in words, and where its chart is."""
    watch, about = watch_of(rule.now.terms), rule.now.questionnaire
    if found is None or watch is None or about is None:
        return []
    return [
        {
            "unit": one.unit,
            "period": told.label(one.shown[-1], watch.grain, locale()),
            "words": told.words(one, watch, locale()),
            "chart": told.chart(one, watch, about.code),
        }
        for one in found.signals
    ]


def chart_address(chart: dict[str, str]) -> str:
    """Of the page on which a signal is seen."""
    kept = {name: text for name, text in chart.items() if name != "page"}
    if chart.get("page") == "trend":
        return url_for("results.page", page="trend", **kept)  # type: ignore[arg-type]
    return url_for("targets.index", **kept)  # type: ignore[arg-type]
