"""Where each topic is complained of: units by topics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask_babel import gettext as _

from analysis.charts import Figure, heatmap
from analysis.charts.theme import ORANGE
from analysis.statistics.topic_shares import NEGATIVE, Mentions, share_of
from analysis.statistics.topic_units import Standing, standing_out
from analysis.types import Estimate
from analysis.wording import chart_text
from analysis.wording.languages import counted, phrase
from analysis.wording.topics import units_told
from survey.figures import Dimension, Filters, Heard, heard, hidden, known_days, merged_heard
from survey.models import Grain, Unit
from survey.processing.cuts import period_start
from survey.results.cards.card import Card
from survey.results.cards.furthest import MOST_UNITS, furthest, many_units
from survey.results.labels import span_label, unit_label
from survey.results.tables import Cell, Table, figures, whole, words
from survey.results.topic_study import TopicStudy
from survey.results.view import View

DRAWN = 8  # topics: as many columns as a phone shows


@dataclass(frozen=True)
class _Units:
    filters: Filters  # with the days that are shown
    heard: Mapping[int, Heard]  # in the order of the tree
    told: frozenset[int]
    topics: Sequence[str]  # the one most complained of first
    all_: int  # units with comments, of which the furthest are here

    def complaints(self, unit: int, topic: str) -> int:
        return self.heard[unit].mentioned.topics.get(topic, Mentions()).negative

    def share(self, unit: int, topic: str) -> Estimate:
        found = share_of(self.complaints(unit, topic), self.heard[unit].mentioned.n, NEGATIVE)
        return found if unit in self.told else hidden(found)


def by_unit(study: TopicStudy) -> Iterator[Card]:
    view = study.view
    found = _units(study)
    if len(found.heard) < 2:
        return
    names = {unit: unit_label(view.seen, unit, view.locale) for unit in found.heard}
    standing, compared = _standing(found)
    said = units_told(standing, compared, _keyed(names), study.names, view.locale)
    few = len(found.heard) - len(found.told)
    yield Card(
        code="topic-units",
        title=phrase(view.locale, "topics_units_title"),
        asked="",
        sentences=[*said, counted(view.locale, "groups", few) if few else ""],
        note=_note(view, found),
        n=study.now.n if study.now and found.filters == view.filters else None,
        figure=_figure(study, found, names) if found.told else None,
        table=_table(study, found, names, standing),
        wide=True,
        method=(
            (_("Figure"), _("share of the unit's comments that complain of the topic")),
            (_("Marked"), _("each unit against the others together: chi-square or Fisher's exact test, adjusted for all squares (Benjamini and Hochberg)")),
        ),
    )  # fmt: skip


def _figure(study: TopicStudy, found: _Units, names: Mapping[int, str]) -> Figure:
    drawn = [
        topic for topic in found.topics[:DRAWN] if any(found.complaints(unit, topic) for unit in found.told)
    ]
    return heatmap(
        list(_keyed(names).items()),
        [(topic, study.names[topic]) for topic in drawn],
        {(str(unit), topic): found.share(unit, topic) for unit in names for topic in drawn},
        chart_text(study.view.locale),
        ORANGE,
    )


def _keyed(names: Mapping[int, str]) -> dict[str, str]:
    return {str(unit): name for unit, name in names.items()}


def _note(view: View, found: _Units) -> str:
    notes = []
    if found.filters != view.filters:
        days = span_label(found.filters.first_on, found.filters.last_on, view.locale)
        notes.append(_("On the chosen days most units have too few comments. Shown are %(days)s.", days=days))
    if found.all_ > len(found.heard):
        notes.append(many_units(found.all_))
    return " ".join(notes)


def _units(study: TopicStudy) -> _Units:
    view, filters = study.view, _days(study.view)
    split: dict[int, list[Heard]] = {}
    for (unit,), one in heard(view.person, filters, view.said, [Dimension.UNIT]).items():
        split.setdefault(view.onto[unit], []).append(one)
    every = {unit: merged_heard(split[unit]) for unit in view.seen.units if unit in split}
    tellable = lambda unit: (  # noqa: E731
        every[unit].mentioned.n >= view.min_n and _told(view, filters, view.seen.units[unit])
    )
    found = every
    if len(every) > MOST_UNITS:
        sums = {
            unit: Counter({"yes": _complaining(one), "no": one.mentioned.n - _complaining(one)})
            for unit, one in every.items()
        }
        found = {unit: every[unit] for unit in furthest(view, sums, {"yes": 1.0, "no": 0.0}, tellable)}
    worst = sorted(study.shares, key=lambda one: (-one.mentions.negative, one.topic))
    told = frozenset(filter(tellable, found))
    return _Units(filters, found, told, [one.topic for one in worst], len(every))


def _days(view: View) -> Filters:
    """The days chosen, or from the month, quarter or year on, or all: the shortest on which most units' comments may be shown."""
    units = [
        unit for unit in view.units if all(view.published.ever(one.series_id, unit) for one in view.said)
    ]
    best = view.filters
    most = _shown(view, best, units)
    for first in _earlier(view):
        if most * 2 >= len(units):
            break
        wider = replace(view.filters, first_on=first)
        shown = _shown(view, wider, units)
        best, most = (wider, shown) if shown > most else (best, most)
    return best


def _shown(view: View, filters: Filters, units: Sequence[Unit]) -> int:
    return sum(_told(view, filters, unit) for unit in units)


def _told(view: View, filters: Filters, unit: Unit) -> bool:
    if unit.id in view.compared_ids:
        return view.comments_told(replace(filters, unit_path=unit.path))
    return all(view.published.shows_own(one.series_id, filters, unit) for one in view.said)


def _earlier(view: View) -> Iterator[date]:
    begin = period_start(view.filters.first_on, Grain.MONTH)
    yield from (begin, begin.replace(month=begin.month - (begin.month - 1) % 3), begin.replace(month=1))
    known = known_days(view.questionnaire.id, view.person)
    if known:
        yield known[0]


def _complaining(one: Heard) -> int:
    """At most as many as there are comments: one may complain of several topics."""
    return min(one.mentioned.n, sum(of.negative for of in one.mentioned.topics.values()))


def _standing(found: _Units) -> tuple[tuple[Standing, ...], int]:
    told = [unit for unit in found.heard if unit in found.told]
    complaints = {
        (str(unit), topic): found.complaints(unit, topic) for unit in told for topic in found.topics
    }
    return standing_out(complaints, {str(unit): found.heard[unit].mentioned.n for unit in told})


def _table(study: TopicStudy, found: _Units, names: Mapping[int, str], standing: Sequence[Standing]) -> Table:
    """Shares side by side with n; what stands out has an arrow."""
    marks = {(one.unit, one.topic): "▲" if one.above else "▼" for one in standing}
    rows = []
    for unit, name in names.items():
        told = unit in found.told
        n = whole(found.heard[unit].mentioned.n if told else None)
        cells = [
            _marked(
                figures(found.share(unit, topic), study.view.locale)[0], marks.get((str(unit), topic), "")
            )
            for topic in found.topics
        ]
        rows.append([words(name), n, *cells])
    return Table([_("Unit"), _("Comments"), *(study.names[topic] for topic in found.topics)], rows)


def _marked(cell: Cell, mark: str) -> Cell:
    return Cell(f"{cell.text} {mark}".strip(), cell.raw)
