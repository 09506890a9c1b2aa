"""The texts in charts."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.types import Estimate, Group, Reason
from analysis.wording.estimates import base
from analysis.wording.languages import phrase
from analysis.wording.metrics import metric_name
from analysis.wording.numbers import figure, in_unit, within


@dataclass(frozen=True, slots=True)
class ChartText:
    """The words of one chart in one language; a caller may replace any of them with dataclasses.replace."""

    locale: str
    too_few: str
    no_answers: str
    overall: str
    broken: str
    negative: str
    neutral: str
    positive: str
    detractors: str
    passives: str
    promoters: str
    share: str
    comments: str

    def metric(self, name: str) -> str:
        """The name of a metric, for its axis."""
        return metric_name(name, self.locale)

    def figure(self, estimate: Estimate) -> str:
        """The value, or the words for its absence."""
        return self.absence(estimate) if estimate.value is None else figure(estimate, self.locale)

    def absence(self, estimate: Estimate) -> str:
        """What stands in the place of a figure that is not there."""
        return self.no_answers if estimate.reason is Reason.NO_ANSWERS else self.too_few

    def base(self, estimate: Estimate) -> str:
        """n in words."""
        return base(estimate, self.locale)

    def hover(self, group: Group) -> list[str]:
        """The lines shown when a point is pointed at: label, figure, interval, n."""
        estimate = group.estimate
        if estimate.value is None:
            return [group.label, self.absence(estimate)]
        name, value = self.metric(estimate.metric), figure(estimate, self.locale)
        lines = [group.label, phrase(self.locale, "chart_figure", name=name, figure=value)]
        if estimate.low is not None and estimate.high is not None:
            low, high = (
                in_unit(within(end, estimate), estimate.unit) for end in (estimate.low, estimate.high)
            )
            lines.append(phrase(self.locale, "chart_interval", low=low, high=high))
        return [*lines, self.base(estimate)]


def chart_text(locale: str) -> ChartText:
    """The texts of charts in a language."""
    return ChartText(
        locale=locale,
        too_few=phrase(locale, "chart_too_few"),
        no_answers=phrase(locale, "chart_no_answers"),
        overall=phrase(locale, "chart_overall"),
        broken=phrase(locale, "chart_break"),
        negative=phrase(locale, "chart_negative"),
        neutral=phrase(locale, "chart_neutral"),
        positive=phrase(locale, "chart_positive"),
        detractors=phrase(locale, "chart_detractors"),
        passives=phrase(locale, "chart_passives"),
        promoters=phrase(locale, "chart_promoters"),
        share=phrase(locale, "chart_share"),
        comments=phrase(locale, "chart_comments"),
    )
