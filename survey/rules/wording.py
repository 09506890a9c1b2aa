"""Rules in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from analysis.wording import metric_name
from survey.alerts.active import terms_of
from survey.alerts.doubts import Doubt, Oddity
from survey.alerts.parts import Reason
from survey.alerts.parts.alarm import NAMES
from survey.alerts.parts.rating import asked
from survey.alerts.service import definitions
from survey.alerts.watch import Watch, watch_of
from survey.locales import say
from survey.models import RuleEvent, RuleHappened, Severity
from survey.questions.definition import Definition

SEVERITIES: dict[str, Any] = {
    Severity.SERIOUS.value: _l("serious"),
    Severity.ORDINARY.value: _l("ordinary"),
    Severity.ATTENTION.value: _l("attention"),
}
TONES = {Severity.SERIOUS.value: "bad", Severity.ORDINARY.value: "warn", Severity.ATTENTION.value: "off"}
HAPPENED: dict[str, Any] = {
    RuleHappened.WRITTEN.value: _l("Written"),
    RuleHappened.CHANGED.value: _l("Changed"),
    RuleHappened.SWITCHED_ON.value: _l("Switched on"),
    RuleHappened.SWITCHED_OFF.value: _l("Switched off"),
}


def conditions(event: RuleEvent, locale: str) -> list[str]:
    """Each condition in words."""
    watch = watch_of(event.terms)
    if watch is not None:
        return list(_watched(watch, event, locale))
    definition = next(definitions(event.questionnaire), None) if event.questionnaire else None
    return [part.words(definition, locale) for part in terms_of(event.terms).parts]


def _watched(watch: Watch, event: RuleEvent, locale: str) -> Iterator[str]:
    definition = next(definitions(event.questionnaire), None) if event.questionnaire else None
    track = definition.tracks.get(watch.question) if definition else None
    about = f"{asked(track, locale) if track else watch.question} · {metric_name(watch.metric, locale)}"
    by = {"week": _("Each week"), "month": _("Each month")}[watch.by]
    if watch.watch == "target":
        yield _(
            "%(by)s: the target is missed, the whole interval lies on its wrong side. %(about)s",
            by=by,
            about=about,
        )
    else:
        yield _("%(by)s: the control chart gives a signal. %(about)s", by=by, about=about)
        yield _("only where it gets worse") if watch.worse_only else _("for the better too")
        yield (
            _("likely changes only")
            if watch.likely_only
            else _("every pattern, also one that is often chance")
        )
    if watch.each:
        yield _("also each unit below, by itself")


def joining(event: RuleEvent) -> str:
    if watch_of(event.terms) is not None:
        return ""
    terms = terms_of(event.terms)
    if len(terms.parts) == 1:
        return ""
    return _("all of them must hold") if terms.match == "all" else _("any of them is enough")


def burst(event: RuleEvent) -> str:
    if watch_of(event.terms) is not None:
        return ""
    terms = terms_of(event.terms)
    if not terms.burst:
        return ""
    return ngettext(
        "%(num)s day: so long may %(n)s responses of one unit be apart that make one alert",
        "%(num)s days: so long may %(n)s responses of one unit be apart that make one alert",
        terms.within_days,
        n=terms.at_least,
    )


def limit(event: RuleEvent) -> str:
    if watch_of(event.terms) is not None:
        return ""
    if event.most is None or event.severity == Severity.SERIOUS:
        return _("none")
    return _(
        "%(n)s alerts for a unit in %(days)s days; the rest goes to the digest",
        n=event.most,
        days=event.most_days,
    )


def shown(event: RuleEvent, locale: str) -> dict[str, str]:
    """All of a rule: what it is called, and its words."""
    found = {
        _("Name"): say(event.names, locale),
        _("Questionnaire"): title(event, locale),
        _("Unit and all below it"): say(event.unit.names, locale),
        _("Severity"): str(SEVERITIES[event.severity]),
        _("Conditions"): "\n".join(conditions(event, locale)),
        _("Several conditions"): joining(event),
        _("Together"): burst(event),
        _("Limit"): limit(event),
        _("Days"): f"{event.valid_from} – {event.valid_to or _('until further notice')}",
    }
    return {name: text for name, text in found.items() if text}


def title(event: RuleEvent, locale: str) -> str:
    if event.questionnaire is None:
        return _("All questionnaires")
    definition = next(definitions(event.questionnaire), None)
    return definition.title.say(locale) if definition else event.questionnaire.code


def changes(rule_events: list[RuleEvent], at: int, locale: str) -> Iterator[tuple[str, str, str]]:
    """What an event changed: name, old and new words."""
    old, new = shown(rule_events[at - 1], locale), shown(rule_events[at], locale)
    for name in dict.fromkeys([*old, *new]):
        if old.get(name) != new.get(name):
            yield name, old.get(name, "–"), new.get(name, "–")


def reasons(found: Iterable[Reason], definition: Definition | None, locale: str) -> list[str]:
    """Why a response matched: values and kinds, never words of it."""
    return [said for said in (_reason(one, definition, locale) for one in found) if said]


def _reason(reason: Reason, definition: Definition | None, locale: str) -> str:
    if reason["kind"] == "alarm":
        return ", ".join(str(NAMES[kind]) for kind in reason["alarms"])
    track = definition.tracks.get(reason.get("question", "")) if definition else None
    if track is not None:
        label = track.labels.get(reason["value"])
        value = label.say(locale) if label else reason["value"]
        return _("%(question)s: %(value)s", question=asked(track, locale), value=value)
    kinds = {
        "words": _("a keyword"),
        "negative": _("a negative comment"),
        "contact": _("the customer asks to be contacted"),
    }
    return kinds.get(reason["kind"], "")


def doubt(found: Doubt, locale: str) -> str:
    name = say(found.other.names, locale) if found.other else ""
    unit = say(found.other.unit.names, locale) if found.other else ""
    where = {"name": name, "unit": unit}
    if found.oddity is Oddity.NEVER:
        return _("It can never fire: no question of the questionnaire asks for this.")
    if found.oddity is Oddity.SAME:
        return _(
            "The rule “%(name)s” (%(unit)s) asks for the same: every response would raise two alerts.",
            **where,
        )
    if found.oddity is Oddity.CONTRADICTS:
        return _(
            "It contradicts the rule “%(name)s” (%(unit)s), which gives the same responses another severity.",
            **where,
        )
    if found.oddity is Oddity.COVERED:
        return _("The rule “%(name)s” (%(unit)s) finds all of this already.", **where)
    if found.oddity is Oddity.FLOODS:
        return _(
            "It would flood: on one of the last 30 days it would have raised %(n)s alerts for one unit. Set a limit, or ask for several responses together.",
            n=found.n,
        )
    return ngettext(
        "In the last 30 days %(num)s alert would have been over the limit: it goes to the digest only.",
        "In the last 30 days %(num)s alerts would have been over the limit: they go to the digest only.",
        found.n,
    )
