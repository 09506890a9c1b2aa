"""The worker: responses with one comment each, read and counted; in processor time, so that other programs matter little."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass

from survey import jobs
from survey.design import library
from survey.design.service import publish, save_draft
from survey.extensions import db
from survey.models import Link
from survey.processing import sentiment
from tests import factories
from tests.bench.installation import installation

SAID = (
    ("en", "The nurse number {n} was very kind, but the waiting time was far too long."),
    ("zh_Hans", "{n}号护士很耐心，解释得很清楚，就是排队等了太久。"),
    ("zh_Hant", "第{n}位護理師非常親切，病房也很乾淨，謝謝你們。"),
    ("en", "Nobody told me what the results meant in room {n}; I am still worried."),
)


@dataclass(frozen=True, slots=True)
class Pace:
    """Responses a second of processor time, and of the clock."""

    processor: float
    clock: float


def measure(engine: str, responses: int, rounds: int) -> Pace:
    with installation(engine):
        link = link_to_process()
        sentiment.load()
        paces = [timed_round(link, number, responses) for number in range(rounds + 1)][1:]
    return Pace(
        statistics.median(pace.processor for pace in paces), statistics.median(pace.clock for pace in paces)
    )


def link_to_process() -> Link:
    version = save_draft(library.document("nhs-fft"))
    publish(version)
    made: Link = factories.link(questionnaire=version.questionnaire)
    return made


def wait_for_processing(link: Link, number: int, responses: int) -> None:
    """Stores responses as if they had just been submitted; `number` makes their texts new."""
    for n in range(responses):
        locale, text = SAID[n % len(SAID)]
        answers = {"fft": n % 5 + 1, "why": text.format(n=number * responses + n)}
        factories.response(link, answers, locale=locale, seconds=60)
    db.session.commit()


def timed_round(link: Link, number: int, responses: int) -> Pace:
    wait_for_processing(link, number, responses)
    began, used = time.perf_counter(), time.process_time()
    done = jobs.process_waiting()
    if done != responses:
        raise RuntimeError(f"{done} of {responses} responses were processed")
    return Pace(done / (time.process_time() - used), done / (time.perf_counter() - began))
