"""Requests about actions, targets and benchmarks that succeed, and the entries they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from survey import clock
from survey.extensions import db
from survey.models import HiddenTheme, OwnTerm, OwnTopic, Questionnaire, Theme, ThemeSearch
from tests.survey.access.case_doors import WATCH
from tests.survey.access.doors import ACTION, REPLY, RULE, TARGET
from tests.survey.access.world import Kind, Whose, World

Given = dict[str, Any]
Expected = tuple[str, str]  # deed and kind


def action(world: World) -> str:
    return f"/improve/actions/{world.value(Kind.ACTION, Whose.OWN, 'A')}"


def _target(world: World) -> str:
    return f"/improve/targets/{world.value(Kind.TARGET, Whose.OWN, 'A')}/end"


def _reply(world: World) -> str:
    return f"/improve/replies/{world.value(Kind.REPLY, Whose.OWN, 'A')}"


def _benchmark(world: World) -> str:
    return f"/improve/benchmarks/{world.value(Kind.BENCHMARK, Whose.OWN, 'A')}/remove"


def rule(world: World) -> str:
    return f"/alerts/rules/{world.value(Kind.RULE, Whose.OWN, 'A')}"


def _term(world: World) -> str:
    term = OwnTerm(code="price", term="tariff zone", made_at=clock.now())
    db.session.add(term)
    db.session.commit()
    return f"/topics/terms/{term.id}/end"


def _topic(world: World) -> str:
    db.session.add(OwnTopic(code="parrots", names={"en": "Parrots"}, made_at=clock.now()))
    db.session.commit()
    return "/topics/own/parrots/end"


def theme(phrase: str = "parrot") -> Given:
    """A phrase that is offered."""
    questionnaire = db.session.scalar(select(Questionnaire).where(Questionnaire.code == "small"))
    search = ThemeSearch(questionnaire_id=questionnaire.id, language="en", made_at=clock.now())
    search.themes = [
        Theme(phrase=phrase, written=phrase, count=12, count_before=1, p=0.001, p_adjusted=0.01, comments=[])
    ]
    db.session.add(search)
    db.session.commit()
    return {"questionnaire": "small", "language": "en", "phrase": phrase}


def _hidden(world: World) -> str:
    given = theme()
    questionnaire = db.session.scalars(select(ThemeSearch)).one().questionnaire_id
    db.session.add(
        HiddenTheme(
            questionnaire_id=questionnaire, language="en", phrase=given["phrase"], hidden_at=clock.now()
        )
    )
    db.session.commit()
    return "/results/themes/show"


def _to_hide(world: World) -> str:
    theme()
    return "/results/themes/hide"


_PARROT = {"questionnaire": "small", "language": "en", "phrase": "parrot"}
CHANGES: dict[str, tuple[str | Callable[[World], str], Given, Expected]] = {
    "actions.new": (
        "/improve/actions/new?questionnaire=small",
        ACTION | {"units": "mine-ward"},
        ("created", "action"),
    ),
    "actions.amend": (
        lambda world: action(world) + "/amend",
        ACTION | {"units": "mine-ward", "why": "a slip"},
        ("changed", "action"),
    ),
    "actions.stop": (lambda world: action(world) + "/stop", {"why": "done"}, ("closed", "action")),
    "rules.new": (
        "/alerts/rules/new?questionnaire=small",
        RULE | {"unit": "mine-ward"},
        ("created", "alert_rule"),
    ),
    "rules.new_watch": (
        "/alerts/rules/new/signal/small",
        WATCH | {"unit": "mine-ward"},
        ("created", "alert_rule"),
    ),
    "rules.change": (
        lambda world: rule(world) + "/change",
        RULE | {"unit": "mine-ward"},
        ("changed", "alert_rule"),
    ),
    "rules.switch": (lambda world: rule(world) + "/off", {}, ("paused", "alert_rule")),
    "topics.terms": ("/topics/terms", {"about": "price", "terms": "tariff zone*"}, ("created", "own_term")),
    "topics.new": (
        "/topics/new",
        {"name_en": "Parrots", "name_zh_hans": "鹦鹉", "name_zh_hant": "鸚鵡", "terms": "parrot*"},
        ("created", "own_topic"),
    ),
    "topics.end_term": (_term, {}, ("changed", "own_term")),
    "topics.end_topic": (_topic, {}, ("changed", "own_topic")),
    "themes.hide": (_to_hide, _PARROT, ("created", "hidden_theme")),
    "themes.show": (_hidden, _PARROT, ("deleted", "hidden_theme")),
    "targets.new": (
        "/improve/targets/new?questionnaire=small",
        TARGET | {"unit": "mine-ward"},
        ("created", "target"),
    ),
    "replies.new": ("/improve/replies/new", REPLY | {"unit": "mine-ward"}, ("created", "public_reply")),
    "replies.edit": (_reply, REPLY | {"unit": "mine-ward"}, ("changed", "public_reply")),
    "replies.do": (lambda world: _reply(world) + "/release", {}, ("changed", "public_reply")),
    "targets.end": (_target, {"valid_to": "2026-11-30"}, ("changed", "target")),
    "targets.import_file": (
        "/improve/benchmarks/import",
        {"store": "1", "text": "code,metric,value,source,date\nstaff,csat,81,B,2026-01-01\n"},
        ("changed", "benchmarks"),
    ),
    "targets.remove_benchmark": (_benchmark, {}, ("deleted", "benchmarks")),
}
SEEN: dict[str, tuple[str | Callable[[World], str], Expected]] = {
    "actions.show": (action, ("saw", "action")),
    "rules.show": (lambda world: rule(world) + "?days=90", ("saw", "alert_rule")),
    "targets.index": ("/improve/targets?questionnaire=small&unit=mine&period=all", ("saw", "results")),
}
