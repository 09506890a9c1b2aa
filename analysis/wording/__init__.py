"""Figures as sentences that a reader without statistics reads rightly, in en, zh_Hans and zh_Hant."""

from __future__ import annotations

from analysis.wording.changes import change_sentence, trend_sentence
from analysis.wording.chart_text import ChartText, chart_text
from analysis.wording.estimates import base, estimate_sentence, reason_text
from analysis.wording.groups import group_sentence, question_sentences
from analysis.wording.languages import LANGUAGES, cited
from analysis.wording.methods import method_name, method_reason
from analysis.wording.metrics import metric_definition, metric_name
from analysis.wording.numbers import figure, interval

__all__ = [
    "LANGUAGES",
    "ChartText",
    "base",
    "change_sentence",
    "chart_text",
    "cited",
    "estimate_sentence",
    "figure",
    "group_sentence",
    "interval",
    "method_name",
    "method_reason",
    "metric_definition",
    "metric_name",
    "question_sentences",
    "reason_text",
    "trend_sentence",
]
