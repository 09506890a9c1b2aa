"""The units as they would be if all had the same mix of service types and age groups, where these are asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from flask_babel import gettext as _

from analysis.statistics import METRICS
from analysis.types import Reason
from analysis.wording.languages import phrase
from survey.figures import NOT_TOLD, Strata, Subject, group, strata_by_unit
from survey.models import ANY_SERVICE
from survey.results.cards.card import Card
from survey.results.cards.fairly import mix
from survey.results.cards.fairly.funnel import drawn_note
from survey.results.cards.fairly.units import Compared
from survey.results.cards.matters.study import months_note
from survey.results.labels import unit_label
from survey.results.view import View

CODE = "ages"
MOST_CELLS = 1500  # of joint tallies: 0.02 ms each


def ages_cards(view: View) -> Iterator[Card]:
    """None where no question tells the age group."""
    age = next((one for one in view.subjects.values() if one.track.tells == "age_group"), None)
    main = view.main
    if age is None or main is None or main.track.scale is None:
        return
    questions = main.code, age.code
    read = strata_by_unit(view.person, view.filters, view.published, view.units, questions, _services(view))
    found = _compared(view, main, read)
    if found is None or found.judged.funnel.reason is not None:
        why = "filtered" if read.reason is Reason.NOT_APPLICABLE else "few"
        yield Card(
            CODE, phrase(view.locale, "fairly_ages_title"), "", [phrase(view.locale, f"fairly_ages_{why}")]
        )
        return
    note = " ".join(filter(None, [months_note(view, read.filters, read.since), drawn_note(found)]))
    yield mix.at_one_mix(view, found, _strata(view, found, read, age), CODE, note)


def _services(view: View) -> list[int]:
    """The service types that are told apart: none where that would read too much for a page."""
    filters = view.filters
    services = list(filters.service_type_ids or view.seen.service_types)
    months = (
        12 * (filters.last_on.year - filters.first_on.year)
        + filters.last_on.month
        - filters.first_on.month
        + 1
    )
    few = len(view.units) * len(services) * months <= MOST_CELLS
    return services if few or filters.service_type_ids else [ANY_SERVICE]


def _compared(view: View, main: Subject, read: Strata) -> Compared | None:
    """The units with their own figures on the months that are counted; None where fewer than two are shown."""
    assert main.track.scale
    numbers = METRICS[view.metric].numbers(main.track.scale)
    totals = {unit: sum(cells.values(), Counter()) for unit, cells in read.units.items()}
    groups = [
        group(
            str(unit),
            unit_label(view.seen, unit, view.locale),
            main.track,
            view.metric,
            counted,
            min_n=view.min_n,
        )
        for unit, counted in totals.items()
    ]
    shown = [one for one in groups if one.estimate.value is not None and one.estimate.n]
    counts = [[totals[int(one.key)].get(value, 0) for value in numbers] for one in shown]
    return Compared(main, shown, counts, list(numbers.values()), 0) if len(shown) > 1 else None


def _strata(view: View, found: Compared, read: Strata, age: Subject) -> mix.Strata:
    """In an order in which neighbours are alike: within a service type by age, who did not tell it last."""
    services = [ANY_SERVICE, *view.seen.service_types]
    ages = [*age.track.labels, NOT_TOLD]
    own = [read.units[int(one.key)] for one in found.groups]
    present = {stratum for cells in own for stratum, counted in cells.items() if counted.total()}
    strata = sorted(present, key=lambda one: (services.index(one[0]), ages.index(one[1])))
    scale = found.subject.track.scale
    values = list(scale.values) if scale else []
    counts = [[_counts(found, values, cells, one) for one in strata] for cells in own]
    names = [_("service type")] if len({service for service, _age in strata}) > 1 else []
    return mix.Strata(counts, [*names, _("age group")], len(strata))


def _counts(
    found: Compared, values: list[str], cells: Mapping[tuple[int, str], Counter[str]], one: tuple[int, str]
) -> list[int]:
    return mix.counts_of(found, values, cells.get(one, Counter()))
