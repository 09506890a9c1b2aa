"""From the services listed to the valid answers, and every rate over its named base."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from analysis.charts import Figure, dots_with_whiskers
from analysis.statistics.ledger import Stages, ledger_rates
from analysis.types import Estimate, Group
from analysis.wording import chart_text, metric_name
from analysis.wording.languages import phrase
from analysis.wording.ledger import (
    counted_range,
    eligible_text,
    ledger_base,
    ledger_rate_title,
    ledger_sums,
)
from survey.reports.cells import NOTHING, interval
from survey.reports.reading import Read
from survey.results.cards import Card
from survey.results.labels import span_label
from survey.results.tables import Cell, Table, whole, words


def ledger(read: Read) -> Iterator[Card]:
    held = read.snapshot.get("ledger")
    if held is None:
        return
    stages, locale = stages_of(held), read.locale
    rates = list(_rates(stages, locale))
    yield Card(
        "ledger",
        ledger_rate_title(ledger_rates(stages), locale),
        "",
        [*ledger_sums(stages, held["not_kept"], locale), eligible_text(stages, locale)],
        n=stages.sent or None,
        figure=_drawn(rates, locale) if stages.sent else None,
        table=_table(read, stages, rates),
        wide=True,
        note=_days(read, held),
    )


def stages_of(held: Mapping[str, Any]) -> Stages:
    aside = held["set_aside"]
    return Stages(
        held["sent"],
        held["not_sent"],
        held["completed"],
        held["excluded"],
        held["delivery"],
        None if aside is None else (aside[0], aside[1]),
    )


def _rates(stages: Stages, locale: str) -> Iterator[Group]:
    """Both ends of the valid recovery rate only where they differ."""
    known = ledger_rates(stages)
    least, most = known["valid_recovery_least"], known["valid_recovery_most"]
    valid = [least, most] if least.value != most.value else [replace(least, metric="valid_recovery")]
    for rate in (known["recovery"], *valid, known["rr1"], known["rr3"]):
        yield Group(rate.metric, metric_name(rate.metric, locale), rate)


def _table(read: Read, stages: Stages, rates: list[Group]) -> Table:
    excluded = None if stages.excluded is None else sum(stages.excluded.values())
    counts = {
        "eligible": _count(read, stages.eligible),
        "excluded": _count(read, excluded),
        "not_sent": whole(stages.not_sent),
        "sent": whole(stages.sent),
        "completed": whole(stages.completed),
        "valid": _valid(read, stages),
    }
    rows = [
        [words(phrase(read.locale, f"ledger_{name}")), count, *[NOTHING] * 4]
        for name, count in counts.items()
    ]
    rows += [
        [
            words(one.label),
            whole(one.estimate.n or None),
            *interval(one),
            words(_base(read, one.estimate)),
        ]
        for one in rates
    ]
    names = ("stage", "n", "share", "low", "high", "base_of")
    return Table([read.say(name) for name in names], rows)


def _count(read: Read, count: int | None) -> Cell:
    return Cell(phrase(read.locale, "ledger_not_known"), None) if count is None else whole(count)


def _valid(read: Read, stages: Stages) -> Cell:
    ends = stages.valid
    return Cell(counted_range(ends, read.locale), ends[0] if ends and ends[0] == ends[1] else None)


def _base(read: Read, rate: Estimate) -> str:
    return ledger_base(rate, read.locale) or phrase(read.locale, "ledger_not_known")


def _drawn(rates: list[Group], locale: str) -> Figure:
    """The axis has no name: the rates have theirs."""
    text = replace(chart_text(locale), too_few=phrase(locale, "ledger_not_known"))
    drawn = dots_with_whiskers(rates, overall=None, text=text)
    drawn["layout"]["xaxis"].pop("title", None)
    return drawn


def _days(read: Read, held: Mapping[str, Any]) -> str:
    first, last = map(date.fromisoformat, held["days"])
    return read.say("rate_days", days=span_label(first, last, read.locale))
