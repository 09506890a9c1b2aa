"""From the form of a rule to the rule, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.fields.choices import SelectChoice

from survey.access import visible_unit
from survey.alerts.parts import Alarm, Contact, Detractor, Negative, Rating, Words
from survey.alerts.parts.rating import asked
from survey.alerts.service import Wanted, definitions
from survey.alerts.terms import Terms
from survey.errors import Invalid
from survey.locales import LOCALES
from survey.models import Questionnaire, User
from survey.questions.definition import Definition
from survey.rules.forms import RuleForm, lines


def wanted(form: RuleForm, questionnaire: Questionnaire | None, person: User) -> Wanted:
    """Raises Invalid for conditions that make no rule, Missing for a unit that is not this person's."""
    unit = visible_unit(person, form.unit.data or "")
    parts = list(_parts(form))
    if not parts:
        raise Invalid(_l("Please give at least one condition."), field="match")
    terms = {
        "match": form.match.data,
        "parts": parts,
        "at_least": form.at_least.data,
        "within_days": form.within_days.data,
    }
    return Wanted(
        names={one: form[f"names_{one}"].data for one in LOCALES if form[f"names_{one}"].data},
        questionnaire=questionnaire,
        unit=unit,
        severity=form.severity.data,
        terms=_terms(terms),
        valid_from=form.valid_from.data or date.min,
        valid_to=form.valid_to.data,
        most=form.most.data,
        most_days=form.most_days.data or 1,
    )


def _terms(given: Mapping[str, Any]) -> Terms:
    try:
        return Terms.model_validate(given)
    except ValueError:
        raise Invalid(_l("These conditions make no rule."), field="match") from None


def _parts(form: RuleForm) -> Iterator[dict[str, Any]]:
    for field in (form.rating, form.rating_2):
        question, _bar, worst = (field.data or "").rpartition("|")
        if field.data:
            yield {"kind": "rating", "question": question, "worst": _number(worst, field.name)}
    if form.detractor.data:
        yield {"kind": "detractor"}
    if form.contact.data:
        yield {"kind": "contact"}
    if form.alarms.data:
        yield {"kind": "alarm", "any_of": form.alarms.data}
    if lines(form.words.data):
        yield {"kind": "words", "any_of": lines(form.words.data)}
    about, topics = lines(form.about.data), form.topics.data or []
    if form.negative.data or about or topics:
        yield {"kind": "negative", "about": about, "topics": topics}


def _number(text: str, field: str) -> int:
    if not text.removeprefix("-").isascii() or not text.removeprefix("-").isdigit():
        raise Invalid(_l("Please choose one."), field=field)
    return int(text)


def filled(event: Wanted) -> dict[str, Any]:
    """The fields of the form for a rule."""
    found: dict[str, Any] = {f"names_{one}": event.names.get(one, "") for one in LOCALES}
    names = ("severity", "valid_from", "valid_to", "most", "most_days")
    found |= {name: getattr(event, name) for name in names}
    terms = event.conditions
    found |= {"unit": event.unit.code, "match": terms.match}
    found |= {"at_least": terms.at_least, "within_days": terms.within_days}
    ratings = iter(("rating", "rating_2"))
    for part in terms.parts:
        if isinstance(part, Rating):
            found[next(ratings)] = f"{part.question}|{part.worst}"
        else:
            found |= _filled(part)
    return found


def _filled(part: Any) -> dict[str, Any]:
    if isinstance(part, Detractor | Contact):
        return {part.kind: True}
    if isinstance(part, Alarm):
        return {"alarms": [str(kind) for kind in part.any_of]}
    if isinstance(part, Words):
        return {"words": "\n".join(part.any_of)}
    if isinstance(part, Negative):
        return {"negative": True, "about": "\n".join(part.about), "topics": list(part.topics)}
    return {}


def ratings(definition: Definition, locale: str) -> Iterator[SelectChoice]:
    """For each question with a scale, its values but the best one: this value or a worse one."""
    for code, track in definition.tracks.items():
        if track.scale is None or not track.single:
            continue
        worst_first = sorted(
            track.scale.values.items(), key=lambda pair: pair[1], reverse=track.scale.reverse
        )
        for value, _number in worst_first[:-1]:
            label = track.labels[value].say(locale) if value in track.labels else value
            yield SelectChoice(f"{code}|{value}", f"≤ {label}", optgroup=asked(track, locale))


def offered(questionnaire: Questionnaire | None) -> Definition | None:
    """What is asked, where the rule is about one questionnaire."""
    return next(definitions(questionnaire), None) if questionnaire else None
