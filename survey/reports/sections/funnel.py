"""The units compared fairly: who stands out after allowing for chance, usual variety and the number of comparisons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analysis.charts import Spot, funnel_chart
from analysis.statistics import METRICS
from analysis.statistics.funnel import LEVELS
from analysis.types import Group, Reason
from analysis.wording import chart_text, fairly
from analysis.wording.languages import counted
from analysis.wording.numbers import in_unit
from survey.figures import Subject
from survey.reports.cells import NOTHING, interval, n_of
from survey.reports.reading import Read
from survey.results.cards import Card
from survey.results.cards.fairly.units import Compared
from survey.results.tables import Cell, Table, words

SIDES = {-1: "below", 0: "inside", 1: "above"}
FROM = 2  # the form of snapshots that has it


def funnel(read: Read) -> Iterator[Card]:
    found = compared(read)
    if found is None:
        return
    judged, locale = found.judged, read.locale
    sides = judged.flags.sides
    spots = [Spot(found.groups[at], sides[at] or 0) for at in found.drawn]
    hidden = [counted(locale, "groups", found.hidden)] if found.hidden else []
    yield Card(
        "funnel",
        fairly.flags_title(judged.flags, judged.funnel, locale),
        read.say("asked", wording=read.wording(found.subject.track)),
        [*fairly.flag_sentences(judged.flags, found.labels, judged.funnel, locale, estimates=False), *hidden],
        n=sum(found.n),
        figure=funnel_chart(spots, judged.funnel, chart_text(locale)),
        table=_table(read, found),
        wide=True,
    )


def compared(read: Read) -> Compared | None:
    """The units that are shown; None where there is nothing to compare."""
    track = read.main
    if read.form < FROM or track is None or track.scale is None:
        return None
    groups = [one.now for one in read.places("units", track, read.metric)]
    shown = [one for one in groups if one.estimate.value is not None and one.estimate.n]
    hidden = sum(one.estimate.reason is Reason.SUPPRESSED for one in groups)
    numbers = METRICS[read.metric].numbers(track.scale)
    found = Compared(Subject(0, track), shown, _counts(shown, list(numbers)), list(numbers.values()), hidden)
    return found if len(shown) > 1 and found.judged.funnel.reason is None else None


def _counts(groups: Sequence[Group], values: Sequence[str]) -> list[list[int]]:
    told = [one.distribution.counts if one.distribution else {} for one in groups]
    return [[counts.get(value, 0) for value in values] for counts in told]


def _table(read: Read, found: Compared) -> Table:
    """The furthest below first: no ranks, but where to look."""
    z, sides = found.judged.funnel.z, found.judged.flags.sides
    rows = [
        [
            words(found.groups[at].label),
            n_of(read, found.groups[at]),
            *interval(found.groups[at]),
            *_limits(found, at),
            Cell(read.say(f"side_{SIDES[sides[at] or 0]}"), sides[at] or 0),
        ]
        for at in sorted(range(len(found.groups)), key=lambda at: z[at] or 0.0)
    ]
    figure = "csat" if read.metric == "csat" else "score"
    names = ("unit", "n", figure, "low", "high", "expected_low", "expected_high", "stands_out")
    return Table([read.say(name) for name in names], rows)


def _limits(found: Compared, at: int) -> list[Cell]:
    """What chance and the usual variety explain at the unit's size, in its figure's unit."""
    ends = found.judged.funnel.limits(found.n[at], LEVELS[0])
    if ends is None:
        return [NOTHING, NOTHING]
    factor, unit = 100.0 if found.share else 1.0, found.groups[at].estimate.unit
    return [Cell(in_unit(end * factor, unit), round(end * factor, 4)) for end in ends]
