"""What the metrics are called and what they mean."""

from __future__ import annotations

from analysis.wording.languages import phrase


def metric_name(metric: str, locale: str) -> str:
    """The short name of a metric, for tiles and axes. Raises KeyError for an unknown one."""
    return phrase(locale, f"name_{metric}")


def metric_definition(metric: str, locale: str) -> str:
    """What the metric is, in one sentence. Raises KeyError for an unknown one."""
    return phrase(locale, f"definition_{metric}")
