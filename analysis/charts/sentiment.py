"""The tone of comments by group."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.charts import theme
from analysis.charts.stacked import Part, stacked
from analysis.types import Group
from analysis.wording.chart_text import ChartText


def sentiment_bars(groups: Sequence[Group], text: ChartText) -> theme.Figure:
    """Percent negative, neutral and positive comments of each group; the keys are those of SENTIMENTS."""
    parts = [
        Part(frozenset({"negative"}), text.negative, theme.LOW),
        Part(frozenset({"neutral"}), text.neutral, theme.MIDDLE),
        Part(frozenset({"positive"}), text.positive, theme.HIGH),
    ]
    return stacked(groups, parts, text, title=text.comments)
