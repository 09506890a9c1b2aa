"""Topics of drawn comments: their rows, and what is counted of them, in the cuts of processing/cuts.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np

from analysis.catalogue import TOPICS
from survey.models import ANY, ANY_SERVICE
from survey.processing.counting import ABOUT, TOPICAL, WITH
from survey.processing.cuts import CUTS, Split, period_start
from tests.bench.crowd_draw import LABELS, MOST, Crowd, Drawn, Numbers

COMMENT_TOPIC = (
    "response_id", "question_code", "topic", "subtopic", "label", "score", "questionnaire_id", "unit_id",
    "submitted_on",
)  # fmt: skip
CODES = tuple(TOPICS)
SUBTOPICS = {code: tuple(TOPICS[code].subtopics) for code in CODES}
OPINIONS = (*LABELS, "undecided")

Row = tuple[Any, ...]


def comment_topics(crowd: Crowd, drawn: Drawn, ids: list[str]) -> Iterator[Row]:
    """Each topic once with the sub-topic "", and with one sub-topic."""
    version = crowd.version
    for n, topic in zip(*np.nonzero(drawn.topics >= 0), strict=True):
        _channel, _locale, _service, day, unit = drawn.places[n].tolist()
        code, label = CODES[topic], OPINIONS[drawn.topics[n, topic]]
        parts = SUBTOPICS[code]
        for part in ("", parts[n % len(parts)]) if parts else ("",):
            yield (
                ids[n], "why", code, part, label, 0.0, version.questionnaire_id, crowd.units[unit], crowd.days[day],
            )  # fmt: skip


class TopicCounts:
    """Few comments mention a topic: the mentions are kept and counted for each cut, not laid out in arrays."""

    def __init__(self, crowd: Crowd) -> None:
        self.crowd = crowd
        self.values = {
            "why": [*(f"{ABOUT}{code}:{label}" for code in CODES for label in OPINIONS), TOPICAL],
            "recommend": [f"{WITH}{code}:{points}" for code in CODES for points in range(MOST + 1)],
        }
        self.found: dict[str, list[Numbers]] = {code: [] for code in self.values}

    def add(self, drawn: Drawn) -> None:
        number, topic = np.nonzero(drawn.topics >= 0)
        places, label = drawn.places[number], drawn.topics[number, topic]
        any_ = drawn.places[(drawn.topics >= 0).any(axis=1)]
        last = np.full(len(any_), len(self.values["why"]) - 1)
        self._keep("why", places, topic * len(OPINIONS) + label)
        self._keep("why", any_, last)
        self._keep("recommend", places, topic * (MOST + 1) + drawn.items[number, -1])

    def _keep(self, code: str, places: Numbers, value: Numbers) -> None:
        self.found[code].append(np.column_stack([places, value]))

    def rows(self, times: int = 1) -> Iterator[Row]:
        for code, kept in self.found.items():
            mentions = np.concatenate(kept)
            for grain, split in CUTS:
                for *key, count in self._of_cut(code, mentions, grain, split):
                    yield (*key, times * count)

    def _of_cut(self, code: str, mentions: Numbers, grain: str, split: Split) -> Iterator[Row]:
        crowd, values = self.crowd, self.values[code]
        starts = [period_start(date.fromisoformat(day), grain).isoformat() for day in crowd.days]
        periods = sorted(set(starts))
        of_day = np.asarray([periods.index(start) for start in starts])
        kept = np.asarray([split.channel, split.locale, split.service])
        table = np.column_stack(
            [np.where(kept, mentions[:, :3], 0), of_day[mentions[:, 3]], mentions[:, 4], mentions[:, 5]]
        )
        shape = (*crowd.shape[:3], len(periods), len(crowd.units), len(values))
        cells, counts = np.unique(np.ravel_multi_index(tuple(table.T), shape), return_counts=True)
        series = int(crowd.version.series[code])
        for cell, count in zip(
            np.stack(np.unravel_index(cells, shape), axis=1).tolist(), counts.tolist(), strict=True
        ):
            channel, locale, service, period, unit, value = cell
            yield (
                series,
                grain,
                crowd.channels[channel] if split.channel else ANY,
                crowd.locales[locale] if split.locale else ANY,
                crowd.services[service] if split.service else ANY_SERVICE,
                periods[period],
                crowd.units[unit],
                values[value],
                count,
            )
