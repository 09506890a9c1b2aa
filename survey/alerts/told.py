"""A signal in words, in every language at once: it is read by people of whom nobody knows yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.dates import format_skeleton

from analysis.types import Group
from analysis.wording import control, metric_name
from analysis.wording.targets import target_sentence
from survey.alerts.signals import Signal
from survey.alerts.watch import Watch
from survey.figures import period_end
from survey.locales import LOCALES
from survey.models import Grain


def reason(signal: Signal, watch: Watch, questionnaire: str) -> dict[str, Any]:
    """As a case and an alert hold it: the words, and where the chart is."""
    names = {locale: words(signal, watch, locale) for locale in LOCALES}
    return {"code": "signal", "names": names, "chart": chart(signal, watch, questionnaire)}


def words(signal: Signal, watch: Watch, locale: str) -> str:
    asked = signal.subject.track.wording.say(locale, unit="…", service_type="…")
    said = _sentence(signal, watch, locale)
    period = label(signal.shown[-1], watch.grain, locale)
    return f"{asked} · {metric_name(watch.metric, locale)} · {period}: {said}"


def _sentence(signal: Signal, watch: Watch, locale: str) -> str:
    if signal.event is not None:
        return control.event_sentence(
            signal.event, _labels(signal.shown, watch.grain, locale), watch.by, locale
        )
    if signal.target is None:
        raise ValueError("a signal is of a chart or of a target")
    estimate = signal.shown[-1].estimate
    return f"{target_sentence(estimate, signal.target.value, signal.at_most, locale)} (n = {estimate.n:,})"


def _labels(shown: Sequence[Group], grain: Grain, locale: str) -> list[str]:
    return [label(one, grain, locale) for one in shown]


def label(period: Group, grain: Grain, locale: str) -> str:
    skeleton = "yMMM" if grain == Grain.MONTH else "yMMMd"
    return str(format_skeleton(skeleton, date.fromisoformat(period.key), locale=locale))


def chart(signal: Signal, watch: Watch, questionnaire: str) -> dict[str, str]:
    """What the page of the chart is asked for."""
    return {
        "page": "trend" if signal.event is not None else "targets",
        "questionnaire": questionnaire,
        "question": watch.question,
        "unit": signal.unit.code,
        "from": signal.since.isoformat(),
        "to": period_end(signal.period_on, watch.grain).isoformat(),
        "grain": watch.by,
    }
