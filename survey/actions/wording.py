"""What states, events and terms are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from babel.dates import format_date
from flask_babel import lazy_gettext as _l

from analysis.statistics.action_effect import Stage
from analysis.types import Verdict
from analysis.wording import metric_name
from analysis.wording.actions import is_against
from survey.actions.evaluation import Evaluation, State
from survey.figures import Dimension, current, earlier, subjects
from survey.locales import say
from survey.models import Action, ActionEvent, Direction, Happened, Part, Unit

STATES: dict[str, Any] = {
    State.PLANNED: _l("Planned"),
    State.RUNNING: _l("Running"),
    State.JUDGED: _l("Can be judged"),
    State.STOPPED: _l("Stopped"),
}
TONES: dict[str, str] = {State.PLANNED: "off", State.STOPPED: "off", State.JUDGED: "", State.RUNNING: "off"}
EVENTS: dict[str, Any] = {
    Happened.REGISTERED: _l("Registered"),
    Happened.AMENDED: _l("Changed"),
    Happened.STOPPED: _l("Stopped"),
}
DIRECTIONS: dict[str, Any] = {Direction.UP: _l("Higher"), Direction.DOWN: _l("Lower")}
DIMENSIONS: dict[str, Any] = {
    Dimension.SERVICE_TYPE: _l("Service type"),
    Dimension.CHANNEL: _l("Channel"),
    Dimension.LOCALE: _l("Language"),
}
TERMS: dict[str, Any] = {
    "title": _l("Title"),
    "measured": _l("Measured by"),
    "units": _l("Units that take part"),
    "comparators": _l("Units to compare with"),
    "starts_on": _l("Start"),
    "direction": _l("Expected to become"),
    "expected": _l("What is expected"),
    "responsible": _l("Responsible"),
}
JUDGED_BY = ("measured", "units", "comparators", "starts_on", "direction", "expected")
"""Terms that, changed after the start, could have been changed to fit the result."""


def shown(action: Action, event: ActionEvent, locale: str) -> dict[str, str]:
    """The terms as words, by the keys of TERMS."""
    return {
        "title": event.title,
        "measured": f"{wording(action, event, locale)} · {metric_name(event.metric, locale)}",
        "units": _names(event.units(), locale),
        "comparators": _names(event.units(Part.COMPARES), locale) or "–",
        "starts_on": str(format_date(event.starts_on, "medium", locale)),
        "direction": str(DIRECTIONS[event.direction]),
        "expected": event.expected,
        "responsible": event.responsible,
    }


def changes(action: Action, number: int, locale: str) -> Iterator[tuple[str, str, str]]:
    """Key, old and new words of what an event (by its place) changed."""
    old, new = (shown(action, event, locale) for event in action.events[number - 1 : number + 1])
    return ((key, old[key], new[key]) for key in TERMS if old[key] != new[key])


def wording(action: Action, event: ActionEvent, locale: str) -> str:
    """The question in words, also one that is not asked any more."""
    version, code = current(action.questionnaire), event.question_code
    found = subjects(version).get(code) if version else None
    if found is None:
        found = next(iter(reversed(earlier(action.questionnaire, code))), None)
    return found.track.wording.say(locale, unit="…", service_type="…") if found else code


def tone(found: Evaluation, up: bool) -> str:
    """The class of the verdict's badge."""
    effect = found.effect
    if effect is None or effect.stage is not Stage.JUDGED or effect.comparison is None:
        return "off"
    if effect.comparison.verdict is not Verdict.LIKELY_REAL:
        return ""
    return "bad" if is_against(effect, up) else "good"


def _names(units: list[Unit], locale: str) -> str:
    return ", ".join(say(unit.names, locale) for unit in units)
