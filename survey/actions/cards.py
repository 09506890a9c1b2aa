"""The two pictures of an action: its course, and who answered before and since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask_babel import gettext as _

from analysis.charts.effect import effect as draw
from analysis.statistics.mix import shifts
from analysis.types import Group
from analysis.wording import chart_text
from analysis.wording.actions import effect_sentences, effect_text, mix_sentence
from analysis.wording.numbers import ABSENT, in_unit, number
from survey.actions.evaluation import Course, Evaluation, Reader
from survey.actions.methods import how
from survey.actions.mix import Mix, known_parts, mix
from survey.actions.wording import DIMENSIONS, wording
from survey.models import Action, Direction, Grain
from survey.results.cards import Card
from survey.results.labels import span_label
from survey.results.tables import Cell, Table, figure_headers, figures, words


def cards(reader: Reader, action: Action, found: Evaluation) -> Iterator[Card]:
    if found.course is not None:
        yield _effect(reader, action, found.course)
        yield _mix(reader, action, found)


def _effect(reader: Reader, action: Action, course: Course) -> Card:
    locale, beside = reader.locale, course.beside
    fit = course.effect.series
    text = effect_text(locale)
    up = action.now.direction == Direction.UP
    shown = any(group.estimate.value is not None for group in course.periods)
    return Card(
        code="effect",
        title=_("Before and since"),
        asked=wording(action, action.now, locale),
        sentences=effect_sentences(course.effect, up, course.grain, beside is not None, locale),
        figure=draw(course.periods, course.start, fit, beside, chart_text(locale), text) if shown else None,
        table=_periods(course, text.comparator, locale) if course.periods else None,
        wide=True,
        note=_(
            "The period in which it began counts neither as before nor as since. Gaps have too few answers."
        ),
        method=list(how(course, locale)),
    )


def _periods(course: Course, comparator: str, locale: str) -> Table:
    """Each period, what it is beside, and what would have been without the change."""
    expected = {one.index: one for one in (course.effect.series.expected if course.effect.series else ())}
    rows = []
    for at, group in enumerate(course.periods):
        row = [Cell(group.label, group.key), _side(course, at), *figures(group.estimate, locale)]
        if course.beside is not None:
            row += figures(course.beside[at].estimate, locale)
        one = expected.get(at)
        ends = (one.without, *(one.interval or (None, None))) if one else (None, None, None)
        rows.append([*row, *(_value(group, value) for value in ends)])
    head = _("Week from") if course.grain is Grain.WEEK else _("Month")
    more = [f"{comparator}: {name}" for name in figure_headers()] if course.beside is not None else []
    without = (
        _("Without the change, less those to compare with") if course.beside else _("Without the change")
    )
    return Table([head, _("Side"), *figure_headers(), *more, without, _("Interval from"), _("to")], rows)


def _side(course: Course, at: int) -> Cell:
    return words(_("before") if at < course.start else _("since"))


def _value(group: Group, value: float | None) -> Cell:
    if value is None:
        return Cell(ABSENT, None)
    return Cell(in_unit(value, group.estimate.unit), round(value, 4))


def _mix(reader: Reader, action: Action, found: Evaluation) -> Card:
    who = mix(reader, action, found)
    title = _("Who answered")
    if who is None:
        return Card("mix", title, "", [_("There is no whole month yet on both sides of the start.")])
    before, after = (span_label(one.first_on, one.last_on, reader.locale) for one in (who.before, who.after))
    return Card(
        code="mix",
        title=title,
        asked="",
        sentences=[_told(who, reader.locale)],
        table=_parts(who),
        wide=True,
        note=_("Responses in whole months: %(before)s, and %(after)s.", before=before, after=after),
    )


def _told(who: Mix, locale: str) -> str:
    parts = {part.key: part for part in known_parts(who)}
    if who.n[0] is None or who.n[1] is None:
        return mix_sentence(None, {}, locale)
    found = shifts(
        {key: part.before or 0 for key, part in parts.items()},
        {key: part.after or 0 for key, part in parts.items()},
        (who.n[0], who.n[1]),
    )
    names = {key: f"{DIMENSIONS[part.dimension]} “{part.label}”" for key, part in parts.items()}
    return mix_sentence(found, names, locale, partly=len(parts) < len(who.parts))


def _parts(who: Mix) -> Table:
    rows: list[Sequence[Cell]] = []
    for part in who.parts:
        name = f"{DIMENSIONS[part.dimension]}: {part.label}"
        rows.append([words(name), *_share(part.before, who.n[0]), *_share(part.after, who.n[1])])
    before, since = _("Before"), _("Since")
    return Table([_("Part"), before, f"{before} (%)", since, f"{since} (%)"], rows)


def _share(n: int | None, of: int | None) -> list[Cell]:
    if n is None or not of:
        return [Cell(_("too few"), None), Cell(ABSENT, None)]
    share = 100 * n / of
    return [Cell(f"{n:,}", n), Cell(f"{number(share, 1)}%", round(share, 4))]
