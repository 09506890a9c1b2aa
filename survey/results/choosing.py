"""From the address to a view: defaults for what is not said, errors beside what cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from survey import clock
from survey.access import visible_unit
from survey.config import Settings
from survey.figures import Filters, Places, current, issued, known_days, most_answered, places, subjects
from survey.figures.comment_filters import NO_TOPIC
from survey.figures.comment_topics import known_topics
from survey.locales import say
from survey.models import Grain, Questionnaire, User
from survey.names import topic_name
from survey.questions.definition import definition_of
from survey.results.forms import ANY, CommentForm, FilterForm
from survey.results.labels import value_labels
from survey.results.outcomes import outcome_of, possible
from survey.results.spans import PRESETS, USUAL, span
from survey.results.view import View, main_of

Bar = TypeVar("Bar", bound=FilterForm)


def choose(
    form_class: type[Bar],
    args: MultiDict[str, str],
    person: User,
    settings: Settings,
    locale: str,
    usual: str = USUAL,
) -> tuple[Bar, View | None]:
    """The checked form and what it chooses; no view while nothing was ever published.

    `usual` is the period where none is chosen. Raises Missing for a unit that is not this person's to see.
    """
    offered = issued()
    seen = places(person)
    form = form_class(args)
    form.fill(**_choices(offered, seen, locale))
    if args.get("unit") and not form.unit.many:
        visible_unit(person, args["unit"])
    questionnaire = _questionnaire(form, offered, person)
    if questionnaire is None:
        return form, None
    if isinstance(form, CommentForm):
        form.fill(**_of_comments(questionnaire, form, locale))
    form.validate()
    period = args.get("period", "")
    days = _days(form, period if period in PRESETS else usual, questionnaire, person, settings)
    view = _view(form, days, questionnaire, seen, person, settings, locale)
    _show(form, view)
    return form, view


def _choices(offered: list[Questionnaire], seen: Places, locale: str) -> dict[str, list[tuple[str, Any]]]:
    units = seen.offered(locale)
    return {
        "questionnaire": [(one.code, title(one, locale)) for one in offered],
        "unit": [ANY, *units],
        "service": [(s.code, say(s.names, locale)) for s in seen.service_types.values()],
    }


def title(questionnaire: Questionnaire, locale: str) -> str:
    version = current(questionnaire)
    return definition_of(version).title.say(locale) if version else questionnaire.code


def _asked(questionnaire: Questionnaire, locale: str) -> list[tuple[str, str]]:
    """The comment questions."""
    version = current(questionnaire)
    found = subjects(version).values() if version else ()
    said = [one.track for one in found if one.track.kind == "said"]
    return [(track.code, track.wording.say(locale, unit="…", service_type="…")) for track in said]


def _of_comments(
    questionnaire: Questionnaire, form: CommentForm, locale: str
) -> dict[str, list[tuple[str, Any]]]:
    """The comment questions, the topics, and the answers to the main question for both ends of a range."""
    version = current(questionnaire)
    main = main_of(subjects(version).values(), form.question.data or "") if version else None
    scale = main.track.scale if main else None
    labels = value_labels(main.track, locale) if main else {}
    offered = [ANY, *((value, labels.get(value, value)) for value in (scale.values if scale else ()))]
    return {
        "asked": [ANY, *_asked(questionnaire, locale)],
        "topic": _topics(form.topic.data or ""),
        "least": offered,
        "most": offered,
    }


def _topics(asked: str) -> list[tuple[str, Any]]:
    named = [(code, topic_name(code)) for code in known_topics(asked)]
    return [ANY, *named, (NO_TOPIC, _("No topic was found"))]


def _questionnaire(form: FilterForm, offered: list[Questionnaire], person: User) -> Questionnaire | None:
    if not offered:
        return None
    named = next((one for one in offered if one.code == form.questionnaire.data), None)
    if named is not None:
        return named
    most = most_answered(person)
    return next((one for one in offered if one.id == most), offered[0])


def _view(
    form: FilterForm,
    days: tuple[date, date],
    questionnaire: Questionnaire,
    seen: Places,
    person: User,
    settings: Settings,
    locale: str,
) -> View:
    version = current(questionnaire)
    if version is None:
        raise ValueError("an issued questionnaire has a version that was published")
    return View(
        person=person,
        questionnaire=questionnaire,
        version=version,
        asked=_filters(form, seen, questionnaire, days),
        seen=seen,
        min_n=settings.min_n,
        locale=locale,
        timezone=settings.timezone,
        question=form.question.data or "",
        outcome=form.outcome.data or "",
        level=form.level.data or "",
        topic=form.topic.data or "",
        marked=form.marked.data or "",
        grain=Grain(form.grain.data) if form.grain.data else None,
        weighted=bool(form.weights.data),
    )


def _filters(
    form: FilterForm, seen: Places, questionnaire: Questionnaire, days: tuple[date, date]
) -> Filters:
    codes = set(form.service.data or ())
    unit = seen.named(form.unit.data or "")
    return Filters(
        questionnaire_id=questionnaire.id,
        first_on=days[0],
        last_on=days[1],
        unit_path=unit.path if unit else "",
        service_type_ids=frozenset(s.id for s in seen.service_types.values() if s.code in codes),
        channel=form.channel.data or "",
        locale=form.language.data or "",
    )


def _days(
    form: FilterForm, preset: str, of: Questionnaire, person: User, settings: Settings
) -> tuple[date, date]:
    known = known_days(of.id, person)
    usual = span(preset, clock.today(settings.timezone), known)
    first, last = form.from_.data, form.to.data
    if first and not last:
        return first, max(first, usual[1])
    if last and not first:
        return min(last, known[0] if known else last), last
    return (first, last) if first and last else usual


def _show(form: FilterForm, view: View) -> None:
    """What was chosen by default stands in the form too."""
    form.questionnaire.data = view.questionnaire.code
    for field, day in ((form.from_, view.asked.first_on), (form.to, view.asked.last_on)):
        if not field.errors:
            field.data, field.raw_data = day, None
    compared = {unit.code for unit in view.units} | {view.marked} - {""}
    units = [(one.value, one.label) for one in form.unit.choices or () if one.value in compared]
    form.fill(marked=[("", _("None")), *units])
    offered = [(one.code, view.wording(one)) for one in view.scored]
    explained = [(one.code, view.wording(one)) for one in possible(view.scored)]
    form.fill(question=offered, outcome=explained)
    form.question.data = view.main.code if view.main else ""
    outcome = outcome_of(view)
    form.outcome.data = outcome.code if outcome else ""
