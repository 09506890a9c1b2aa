"""How many of those who were asked answered: every rate beside its denominator."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from analysis.statistics import response_rate
from analysis.statistics.change import between
from analysis.types import Estimate, Group, Reason
from analysis.wording import change_sentence, estimate_sentence, reason_text
from survey.reports.cells import NOTHING, interval
from survey.reports.reading import Read
from survey.results.cards import Card
from survey.results.labels import span_label
from survey.results.tables import Cell, Table, whole, words


def rate(read: Read) -> Iterator[Card]:
    rows = [[words(read.say("received")), whole(read.snapshot["responses"][0]), *[NOTHING] * 3]]
    rows += _valid(read)
    rows += _invited(read)
    headers = [read.say("rate"), read.say("n"), read.say("share"), read.say("low"), read.say("high")]
    yield Card(
        "rate", read.say("rate"), "", told(read), table=Table(headers, rows), wide=True, note=_note(read)
    )


def told(read: Read) -> list[str]:
    found = read.snapshot["rate"]
    if found is None:
        return [read.say("uninvited")]
    now, before = found["counts"]
    if now is None:
        return [reason_text(Reason.SUPPRESSED, read.locale, read.min_n)]
    estimate = response_rate(*now)
    sentences = [estimate_sentence(estimate, read.locale, read.min_n)]
    if before is not None:
        sentences.append(change_sentence(between(estimate, response_rate(*before)), read.locale))
    return sentences


def _invited(read: Read) -> list[list[Cell]]:
    found = read.snapshot["rate"]
    if found is None or found["counts"][0] is None or read.snapshot.get("ledger"):
        return []  # the ledger has them, with those that were sent as their base
    answered, invited = found["counts"][0]
    return [
        [words(read.say("invited")), whole(invited), *[NOTHING] * 3],
        [words(read.say("returned")), whole(answered), *[NOTHING] * 3],
        [words(read.say("recovery")), whole(invited), *_ends(response_rate(answered, invited))],
    ]


def _valid(read: Read) -> list[list[Cell]]:
    """The main question's valid answers, of all questionnaires received."""
    if read.main is None:
        return []
    now, received = read.item(read.main).now, read.snapshot["responses"][0]
    if now.estimate.reason is Reason.SUPPRESSED or now.estimate.n > received:
        return []
    n = now.estimate.n
    return [
        [words(read.say("valid")), whole(n), *[NOTHING] * 3],
        [words(read.say("valid_share")), whole(received), *_ends(response_rate(n, received))],
    ]


def _ends(share: Estimate) -> list[Cell]:
    return interval(Group("", "", share))


def _note(read: Read) -> str:
    found = read.snapshot["rate"]
    if found is None:
        return ""
    first, last = map(date.fromisoformat, found["days"])
    return read.say("rate_days", days=span_label(first, last, read.locale))
