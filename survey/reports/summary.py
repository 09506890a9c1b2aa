"""A report in a few sentences: what was answered, how good, what changed, who differs, what is said, who answered."""

from __future__ import annotations

from collections.abc import Iterator

from analysis.wording import (
    change_sentence,
    control,
    estimate_sentence,
    fairly,
    group_sentence,
    question_sentences,
)
from survey.reports.reading import Figured, Read
from survey.reports.sections.comments import told as tone_told
from survey.reports.sections.comments import tone
from survey.reports.sections.funnel import compared
from survey.reports.sections.items import satisfaction, scores
from survey.reports.sections.months import stretches
from survey.reports.sections.rate import told as rate_told


def summary(read: Read) -> Iterator[str]:
    yield _responses(read)
    if read.main is not None:
        yield _about(read, read.item(read.main, read.metric))
    for track, one in scores(read):
        if track != read.main:
            yield _about(read, one)
    questions = [one.now for _track, one in satisfaction(read)]
    if len(questions) > 1:
        yield " ".join(question_sentences(questions, read.locale))
    yield from _units(read)
    yield from _months(read)
    comments = tone(read)
    if comments is not None:
        yield " ".join(filter(None, tone_told(read, comments)))
    yield " ".join(filter(None, rate_told(read)))


def _responses(read: Read) -> str:
    now, before = read.snapshot["responses"]
    if before is None:
        return read.say("responses_alone", n=f"{now:,}")
    return read.say("responses", n=f"{now:,}", before=f"{before:,}")


def _about(read: Read, one: Figured) -> str:
    told = estimate_sentence(one.now.estimate, read.locale, read.min_n)
    if one.told and one.now.change is not None:
        told = f"{told} {change_sentence(one.now.change, read.locale)}"
    return read.say("about", name=one.now.label, told=told)


def _units(read: Read) -> Iterator[str]:
    groups = [one.now for one in read.places("units", read.main, read.metric)] if read.main else []
    if len(groups) > 1:
        yield group_sentence(groups, read.locale)
    found = compared(read)
    if found is not None:
        judged = found.judged
        yield fairly.flag_sentences(judged.flags, found.labels, judged.funnel, read.locale)[0]


def _months(read: Read) -> Iterator[str]:
    found = stretches(read)
    if found and found[-1][1].reason is None:
        periods, chart = found[-1]
        labels = [one.label for one in periods]
        yield " ".join(control.control_sentences(chart, labels, "month", read.locale))
