"""Makes one customer's answers to any questionnaire out of an opinion and a way of speaking."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

from survey.demo import effects
from survey.demo.phrases import BUT, NOTHING, PHRASES
from survey.questions.base import NA, AnswerError, Question, Track
from survey.questions.contact import Contact
from survey.questions.definition import Definition

Opinion = Callable[[str], float]  # question code -> opinion, 0 is average, standard deviation about 1

COMMENTS_SHARE = 0.33
SKIPPED_SHARE = 0.05
NA_SHARE = 0.04
NOTHING_SHARE = 0.08


class Customer:
    def __init__(
        self,
        rng: random.Random,
        opinion: Opinion,
        locale: str,
        topics: tuple[str, ...],
        gripes: tuple[str, ...],
    ):
        self.rng = rng
        self.opinion = opinion
        self.locale = locale
        self.topics = topics
        self.gripes = gripes
        self.talks = rng.random() < COMMENTS_SHARE

    def answer(self, definition: Definition) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for question in definition.questions:
            if question in definition.shown(answers):
                answer = self._one(question)
                if answer is not None:
                    answers[question.code] = answer
        return answers

    def _one(self, question: Question) -> Any:
        tracks = question.tracks()
        if isinstance(question, Contact):
            return None
        if question.kind == "said":
            return self._comment(str(question.model_dump()["purpose"])) if self.talks else None
        if not question.required and self.rng.random() < SKIPPED_SHARE:
            return None
        if question.not_applicable and self.rng.random() < NA_SHARE:
            return question.accept(NA)
        if not tracks[0].labels:
            return None  # a date or a number: nothing that a demonstration has to show
        if len(tracks) > 1:
            return {track.code.rpartition(".")[2]: self._scored(track) for track in tracks}
        return self._scored(tracks[0]) if question.kind == "scored" else self._chosen(question)

    def _scored(self, track: Track) -> int:
        """A point of the scale: the share of people with a lower opinion, stretched over its values."""
        values = [int(value) for value in track.labels]
        z = self.opinion(track.code) + 0.85 + self.rng.gauss(0, 0.5)
        share = 0.5 * (1 + math.erf(z / math.sqrt(2)))
        return values[min(int(share * len(values)), len(values) - 1)]

    def _chosen(self, question: Question) -> Any:
        codes, weights = list(question.tracks()[0].labels), effects.FEELINGS.get(question.code)
        code = self.rng.choices(codes, weights)[0] if weights else self.rng.choice(codes)
        try:
            return question.check(code)
        except AnswerError:
            return question.check([code])

    def _comment(self, purpose: str) -> str | None:
        if self.rng.random() < NOTHING_SHARE:
            return self.rng.choice(NOTHING[self.locale])
        content = self.rng.random() < 1 / (1 + math.exp(-2.2 * (self.opinion("") + 0.5)))
        if purpose == "good":
            return self._phrase(good=True) if content or self.rng.random() < 0.3 else None
        if purpose == "improve":
            return self._phrase(good=False) if not content or self.rng.random() < 0.25 else None
        text = self._phrase(good=content)
        if self.rng.random() < 0.3:
            mixed = self.rng.random() < 0.3
            text += (BUT[self.locale] if mixed else " " if self.locale == "en" else "") + self._phrase(
                content != mixed
            )
        return text

    def _phrase(self, good: bool) -> str:
        topic = self.rng.choice(self.topics if good else (*self.topics, *self.gripes, *self.gripes))
        return self.rng.choice(PHRASES[self.locale][topic][0 if good else 1])
