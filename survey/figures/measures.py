"""From merged counts to distributions and estimates, by the kind of a track."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from analysis.statistics import METRICS, SENTIMENTS, difference, estimate, hide, no_change, shares
from analysis.types import Comparison, Distribution, Estimate, Group, Reason, Scale
from survey.processing.counting import UNDECIDED
from survey.questions.base import ANSWERED, MISSING, NA, Track

NO_CONTENT = "no_content"
BESIDE = frozenset({NA, MISSING, ANSWERED, NO_CONTENT, UNDECIDED})
ALWAYS = ("csat", "mean", "mean_100")


def distribution(track: Track, counts: Mapping[str, int]) -> Distribution:
    """Valid answers in the order of the scale.

    A comment that says nothing counts as missing; one whose sentiment is not known stands beside, never in n.
    """
    order = list(SENTIMENTS.values) if track.kind == "said" else list(track.labels)
    order += [value for value in counts if value not in order and value not in BESIDE]
    return Distribution(
        {value: counts.get(value, 0) for value in order},
        not_applicable=counts.get(NA, 0),
        missing=counts.get(MISSING, 0) + counts.get(NO_CONTENT, 0),
        answered=counts.get(ANSWERED),
        undecided=counts.get(UNDECIDED, 0),
    )


def base(counted: Distribution) -> int:
    """What suppression goes by: n; where nobody gave a valid answer, the persons who gave none."""
    return counted.n or counted.not_applicable + counted.missing + counted.undecided


def scale_of(track: Track) -> Scale | None:
    return SENTIMENTS if track.kind == "said" else track.scale


def metrics_of(track: Track) -> tuple[str, ...]:
    """The metrics a track has, its own first."""
    if track.kind == "said":
        return ("sentiment_balance",)
    if track.scale is None:
        return ()
    own = [track.metric] if track.metric else []
    more = [*ALWAYS, "nps"]
    names = dict.fromkeys(own + more)
    return tuple(name for name in names if name in METRICS and METRICS[name].applies(track.scale))


def estimates(track: Track, counted: Distribution) -> dict[str, Estimate]:
    """Every metric of the track; of a choice the share of each value, under `share:<value>`."""
    scale = scale_of(track)
    if scale is None:
        return {f"share:{value}": share for value, share in shares(counted).items()}
    return {metric: estimate(metric, counted, scale) for metric in metrics_of(track)}


def hidden(of: Estimate) -> Estimate:
    """The estimate without any figure."""
    return replace(of, value=None, low=None, high=None, n=0, reason=Reason.SUPPRESSED)


def group(
    key: str,
    label: str,
    track: Track,
    metric: str,
    now: Mapping[str, int],
    *,
    min_n: int,
    before: Mapping[str, int] | None = None,
    shown: bool = True,
    shown_before: bool = True,
) -> Group:
    """One metric of one group, hidden where it is not to be `shown` or n is small.

    With its change where `before` is given (even empty).
    """
    counted, scale = distribution(track, now), scale_of(track)
    if scale is None:
        raise ValueError(f"{track.code} has no metric")
    change = None
    if before is not None:
        earlier = distribution(track, before)
        shown_before = shown_before and not 0 < base(earlier) < min_n
        change = _change(counted, earlier, metric, scale, shown_before=shown_before)
    made = Group(key, label, estimate(metric, counted, scale), counted, change)
    return made if shown and not 0 < base(counted) < min_n else hide(made)


def _change(
    now: Distribution, before: Distribution, metric: str, scale: Scale, *, shown_before: bool
) -> Comparison:
    if not shown_before:
        return no_change(metric, METRICS[metric].unit, Reason.SUPPRESSED)
    return difference(now, before, metric, scale)


def smaller_is_better(metric: str, scale: Scale | None) -> bool:
    """A mean is in the numbers of its scale, of which the smallest may be the best; other metrics turn them."""
    return metric == "mean" and scale is not None and scale.reverse
