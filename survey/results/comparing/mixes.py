"""Who answered on both sides: service types, channels, languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _

from analysis.statistics.compared_within import AtOneMix, difference_at_one_mix
from analysis.statistics.mix import Shift, shifts
from analysis.types import Distribution, Scale
from analysis.wording.languages import phrase
from survey.figures import Dimension, distribution
from survey.locales import NAMES as LANGUAGES
from survey.names import CHANNELS
from survey.results.comparing.forms import By
from survey.results.comparing.sides import Side
from survey.results.labels import service_label
from survey.results.view import View

REST = "rest"  # all kinds that are not shown on one of the sides
_FACETS = {
    Dimension.SERVICE_TYPE: "service_type_ids",
    Dimension.CHANNEL: "channel",
    Dimension.LOCALE: "locale",
}
_OF = {By.SERVICE_TYPE: Dimension.SERVICE_TYPE, By.CHANNEL: Dimension.CHANNEL, By.LOCALE: Dimension.LOCALE}

Kinds = Mapping[str, Distribution]


@dataclass(frozen=True)
class Mix:
    """One dimension: both sides by kind, the kinds that may not be shown together as the rest."""

    code: str
    name: str
    labels: Mapping[str, str]
    first: Kinds
    second: Kinds
    shifts: list[Shift]  # from the second side to the first, the largest first
    adjusted: AtOneMix | None = None

    @property
    def material(self) -> bool:
        return any(shift.important for shift in self.shifts)

    @property
    def alone(self) -> bool:
        """Whether everybody on both sides is of one kind."""
        return (
            len(
                [kind for kind in self.labels if self.count(self.first, kind) + self.count(self.second, kind)]
            )
            < 2
        )

    def count(self, side: Kinds, kind: str) -> int:
        found = side.get(kind)
        return found.n if found else 0


def mixes(view: View, by: By, sides: tuple[Side, Side], metric: str, scale: Scale) -> Iterator[Mix]:
    """Of all that neither the filters nor the sides fix. Nothing is used but what is published."""
    whole = [side.counted for side in sides]
    for dimension, facet in _FACETS.items():
        if _OF.get(by) == dimension or getattr(view.asked, facet):
            continue
        found = [side.kinds(dimension) for side in sides]
        shown = [kind for kind in dict.fromkeys([*found[0], *found[1]]) if _known(kind, found)]
        first, second = (
            _with_rest(side, kinds, shown, total)
            for side, kinds, total in zip(sides, found, whole, strict=True)
        )
        sizes = _sizes(first), _sizes(second)
        moved = shifts(sizes[1], sizes[0], (sum(sizes[1].values()), sum(sizes[0].values()))) if shown else []
        name = phrase(view.locale, f"compared_by_{dimension}")
        mix = Mix(dimension.value, name, _labels(view, dimension, shown), first, second, moved)
        adjusted = difference_at_one_mix(first, second, metric, scale) if mix.material else None
        yield replace(mix, adjusted=adjusted)


def _known(kind: Any, found: list[dict[Any, Counter[str] | None]]) -> bool:
    """Whether nothing of the kind is hidden on either side; nobody at all is known too."""
    return all(kinds.get(kind, Counter()) is not None for kinds in found)


def _with_rest(
    side: Side, kinds: Mapping[Any, Counter[str] | None], shown: list[Any], total: Counter[str]
) -> dict[str, Distribution]:
    left = Counter(total)
    found = {}
    for kind in shown:
        values = kinds.get(kind) or Counter()
        found[str(kind)] = distribution(side.subject.track, values)
        left.subtract(values)
    found[REST] = distribution(side.subject.track, left)
    return found


def _sizes(kinds: Kinds) -> dict[str, int]:
    return {kind: told.n for kind, told in kinds.items()}


def _labels(view: View, dimension: Dimension, shown: list[Any]) -> dict[str, str]:
    if dimension == Dimension.SERVICE_TYPE:
        names = {str(kind): service_label(view.seen, kind, view.locale) for kind in shown}
    elif dimension == Dimension.CHANNEL:
        names = {str(kind): str(CHANNELS[kind]) for kind in shown}
    else:
        names = {str(kind): LANGUAGES[kind] for kind in shown}
    return names | {REST: _("others, and those of too few")}
