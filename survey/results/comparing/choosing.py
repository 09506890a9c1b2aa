"""From form and view to what is compared: two sides, many groups, or why neither."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from flask_babel import gettext as _

from survey.access import visible_unit
from survey.figures import Dimension, Filters, Places, Subject, counts, known_days, merged, part_of
from survey.figures.groups import narrowed
from survey.locales import NAMES as LANGUAGES
from survey.locales import say
from survey.models import Channel, Grain
from survey.names import CHANNELS
from survey.results.comparing.forms import ALL, OTHERS, REST, By, CompareForm
from survey.results.comparing.other import other_questionnaire, questionnaires
from survey.results.comparing.sides import (
    Side,
    a_year_before,
    against_rest,
    on_common_days,
    overlap,
    side_of,
    widened,
)
from survey.results.labels import period_label, span_label
from survey.results.view import View
from survey.unit_fields import MOST_LISTED

DIMENSIONS = {
    By.UNIT: Dimension.UNIT,
    By.SERVICE_TYPE: Dimension.SERVICE_TYPE,
    By.CHANNEL: Dimension.CHANNEL,
    By.LOCALE: Dimension.LOCALE,
}


@dataclass(frozen=True)
class Chosen:
    """`sides` or `groups`; without either `missing` says why and what to do."""

    by: By
    sides: tuple[Side, Side] | None = None
    groups: Mapping[str, Counter[str]] | None = None  # by key; published or not
    labels: Mapping[str, str] = field(default_factory=dict)
    told: Callable[[str], bool] = lambda key: False  # whether a group may be shown
    missing: str = ""
    notes: tuple[str, ...] = ()
    ordered: bool = False  # the order of the groups means something


def chosen(form: CompareForm, view: View) -> Chosen:
    """Raises Missing for a unit that is not this person's to see."""
    by = form.what
    if view.main is None:
        return Chosen(by, missing=unscored())
    if by == By.PERIOD:
        return _periods(form, view)
    if by == By.MONTH:
        return _months(view, view.main)
    if by == By.QUESTIONNAIRE:
        return _questionnaires(form, view)
    offered = _offered(by, view)
    if by == By.UNIT and len(offered) < MOST_LISTED:
        for name in (form.one.data, form.other.data):
            if name and name != REST:
                visible_unit(view.person, name)
    one = form.offer(form.one, [ALL, *offered])
    other = form.offer(form.other, [ALL, (REST, OTHERS[by]), *offered])
    if bool(one) != bool(other):
        empty = form.other if one else form.one
        empty.errors = [*empty.errors, _("Please choose the other side too; all are shown meanwhile.")]
    elif one and one == other:
        form.other.errors = [*form.other.errors, _("Please choose two different sides.")]
    elif one and other == REST:
        return _rest(by, view, one, dict(offered)[one].strip())
    elif one:
        return _two(by, view, one, other, dict(offered))
    return _many(by, view, dict(offered))


def _offered(by: By, view: View) -> list[tuple[str, str]]:
    if by == By.UNIT:
        return [(unit.code, say(unit.names, view.locale)) for unit in view.seen.units.values()]
    if by == By.SERVICE_TYPE:
        return [(one.code, say(one.names, view.locale)) for one in view.seen.service_types.values()]
    if by == By.CHANNEL:
        return [(channel.value, str(CHANNELS[channel])) for channel in Channel]
    return list(LANGUAGES.items())


def _narrowed(by: By, seen: Places, filters: Filters, code: str) -> Filters:
    """The filters of one side; a filter on the same thing gives way."""
    if by == By.UNIT:
        unit = seen.named(code)
        return replace(filters, unit_path=unit.path if unit else filters.unit_path)
    if by == By.SERVICE_TYPE:
        number = next(one.id for one in seen.service_types.values() if one.code == code)
        return narrowed(filters, {Dimension.SERVICE_TYPE: number}, Grain.DAY)
    return narrowed(filters, {DIMENSIONS[by]: code}, Grain.DAY)


def _two(by: By, view: View, one: str, other: str, labels: Mapping[str, str]) -> Chosen:
    sides = tuple(
        side_of(view, code, labels[code].strip(), _narrowed(by, view.seen, view.asked, code))
        for code in (one, other)
    )
    if by == By.UNIT and _within(sides[0], sides[1]):
        return Chosen(
            by, missing=_("One of these units is part of the other: please choose two that are apart.")
        )
    found = on_common_days((sides[0], sides[1]))
    if found is None:
        return Chosen(by, missing=few())
    return Chosen(by, found, notes=_widened(view, found[0].filters, view.asked))


def _rest(by: By, view: View, one: str, label: str) -> Chosen:
    side = side_of(view, one, label, _narrowed(by, view.seen, view.asked, one))
    found = against_rest(side, side_of(view, "", "", _all_of(by, view, side.filters)), str(OTHERS[by]))
    if found is None:
        return Chosen(by, missing=few())
    if not found[1].counted:
        return Chosen(by, missing=_("There is nobody else on these days: please choose a smaller side."))
    return Chosen(by, found, notes=_widened(view, found[0].filters, view.asked))


def _all_of(by: By, view: View, part: Filters) -> Filters:
    """What a part is compared within: the chosen unit where the part lies below it, else all that is seen."""
    if by != By.UNIT:
        return _free(by, view.asked)
    inside = part.unit_path.startswith(view.asked.unit_path) and part.unit_path != view.asked.unit_path
    return view.asked if inside else replace(view.asked, unit_path="")


def _within(one: Side, other: Side) -> bool:
    first, second = one.filters.unit_path, other.filters.unit_path
    return first.startswith(second) or second.startswith(first)


def _periods(form: CompareForm, view: View) -> Chosen:
    asked = view.asked
    known = known_days(view.questionnaire.id, view.person)
    earlier = a_year_before(asked)
    base = earlier if known and known[0] <= earlier.last_on else asked.before()
    if form.base_days:
        base = replace(asked, first_on=form.base_days[0], last_on=form.base_days[1])
    for shown, day in ((form.base_from, base.first_on), (form.base_to, base.last_on)):
        if not shown.errors:
            shown.data, shown.raw_data = day, None
    if overlap(side_of(view, "", "", asked), side_of(view, "", "", base)):
        form.base_to.errors = [*form.base_to.errors, _("The two periods overlap.")]
        return Chosen(By.PERIOD, missing=_("The two periods overlap: please choose days that are apart."))
    found = [widened(side_of(view, "", "", days)) for days in (asked, base)]
    if found[0] is None or found[1] is None:
        return Chosen(By.PERIOD, missing=few())
    if overlap(found[0], found[1]):
        return Chosen(
            By.PERIOD,
            missing=_(
                "Few people answer here: the days that can be shown overlap. Please choose longer periods."
            ),
        )
    one, other = (_period(view, side) for side in (found[0], found[1]))
    notes = (*_widened(view, one.filters, asked), *_widened(view, other.filters, base))
    return Chosen(By.PERIOD, (one, other), notes=notes)


def _period(view: View, side: Side) -> Side:
    days = span_label(side.filters.first_on, side.filters.last_on, view.locale)
    return replace(side, key=side.filters.first_on.isoformat(), label=days)


def _months(view: View, main: Subject) -> Chosen:
    """The months of the shown days, the first and the last as far as they are shown."""
    filters = view.filters
    found = counts(view.person, filters, [main.series_id], [Dimension.PERIOD], Grain.MONTH)[main.series_id]
    months = {key[0].isoformat(): key[0] for key in sorted(found)}

    def told(code: str) -> bool:
        return view.published.shows(main.series_id, part_of(filters, months[code], Grain.MONTH))

    return Chosen(
        By.MONTH,
        groups={code: found[(day,)] for code, day in months.items()},
        labels={code: period_label(day, Grain.MONTH, view.locale) for code, day in months.items()},
        told=told,
        notes=_widened(view, filters, view.asked),
        ordered=True,
    )


def _questionnaires(form: CompareForm, view: View) -> Chosen:
    offered = questionnaires(view)
    code = form.offer(form.other, offered, offered[0][0] if offered else "")
    if not offered:
        return Chosen(By.QUESTIONNAIRE, missing=_("There is only one questionnaire that was answered."))
    other, why = other_questionnaire(view, code)
    if other is None:
        return Chosen(By.QUESTIONNAIRE, missing=why)
    own = side_of(view, view.questionnaire.code, questionnaire_label(view), view.asked)
    found = on_common_days((own, other))
    if found is None:
        return Chosen(By.QUESTIONNAIRE, missing=few())
    return Chosen(
        By.QUESTIONNAIRE,
        found,
        notes=(*_widened(view, found[0].filters, view.asked), *([why] if why else [])),
    )


def _many(by: By, view: View, labels: Mapping[str, str]) -> Chosen:
    main = view.main
    if main is None:
        return Chosen(by, missing=unscored())
    codes = _codes(by, view)
    ids = {code: key for key, code in codes.items()}
    filters = _free(by, view.filters)
    found = counts(view.person, filters, [main.series_id], [DIMENSIONS[by]])[main.series_id]
    if by == By.UNIT:
        found = merged(found, view.onto)
    groups = {codes[key[0]]: counted for key, counted in found.items() if key[0] in codes}

    def told(code: str) -> bool:
        if by == By.UNIT:
            return view.told_of([main], ids[code])
        return view.published.shows(main.series_id, _narrowed(by, view.seen, filters, code))

    ordered = {code: groups[code] for code in labels if code in groups}
    return Chosen(by, groups=ordered, labels={code: name.strip() for code, name in labels.items()}, told=told)


def _free(by: By, filters: Filters) -> Filters:
    """Without a filter on what the groups differ in."""
    if by == By.SERVICE_TYPE:
        return replace(filters, service_type_ids=frozenset())
    if by == By.CHANNEL:
        return replace(filters, channel="")
    return replace(filters, locale="") if by == By.LOCALE else filters


def _codes(by: By, view: View) -> dict[Any, str]:
    """From the keys of tallies to the codes in addresses."""
    if by == By.UNIT:
        return {unit.id: unit.code for unit in view.seen.units.values()}
    if by == By.SERVICE_TYPE:
        return {one.id: one.code for one in view.seen.service_types.values()}
    return {code: code for code in (*(channel.value for channel in Channel), *LANGUAGES)}


def unscored() -> str:
    return _("No question of this questionnaire has a score to compare.")


def few() -> str:
    return _(
        "Too few people answered on one of the sides to show it, so that nobody can be recognised. "
        "Please choose a longer period or larger sides."
    )


def _widened(view: View, shown: Filters, asked: Filters) -> tuple[str, ...]:
    if (shown.first_on, shown.last_on) == (asked.first_on, asked.last_on):
        return ()
    days = span_label(shown.first_on, shown.last_on, view.locale)
    return (
        _(
            "On single days few people answered, so the days were widened until nobody can be recognised. Shown are %(days)s.",
            days=days,
        ),
    )


def questionnaire_label(view: View) -> str:
    return next(
        (title for code, title in questionnaires(view, own=True) if code == view.questionnaire.code), ""
    )
