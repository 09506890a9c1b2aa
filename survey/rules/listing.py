"""The page of alerts: what rules found, where and when, and whether it waits for the digest."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_security import current_user

from survey.access import Act, required
from survey.alerts import queries
from survey.alerts.queries import Asked
from survey.figures import places
from survey.locales import say
from survey.rules import wording
from survey.translation import locale

FILTERS = ("unit", "severity", "rule", "told")
_TOLD = {"case": False, "digest": True}


def register(blueprint: Blueprint) -> None:
    blueprint.add_url_rule("/", "alerts", alerts)


@required(Act.READ_ALERTS)
def alerts() -> str:
    given = {name: request.args.get(name, "") for name in FILTERS}
    seen = places(current_user)
    rules = queries.rules(current_user)
    page = queries.alerts(current_user, _asked(given, seen, {event.rule_id for event in rules}))
    kept: dict[str, Any] = {name: text for name, text in given.items() if text}
    return render_template(
        "rules/alerts.html",
        page=page,
        given=given,
        units=seen.offered(locale()),
        rules=[(event.rule_id, say(event.names, locale())) for event in rules],
        severities=wording.SEVERITIES,
        tones=wording.TONES,
        older=url_for(".alerts", older=page.older, **kept) if page.older else None,
        first=url_for(".alerts", **kept) if request.args.get("older") else None,
    )


def _asked(given: dict[str, str], seen: Any, known: set[int]) -> Asked:
    """Whatever the address names that is not in the lists is left out."""
    number = given["rule"]
    rule_id = int(number) if number.isascii() and number.isdigit() and int(number) in known else None
    return Asked(
        unit=seen.named(given["unit"]),
        severity=given["severity"] if given["severity"] in wording.SEVERITIES else "",
        rule_id=rule_id,
        held=_TOLD.get(given["told"]),
        older_than=request.args.get("older", ""),
    )
