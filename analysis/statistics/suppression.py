"""Hiding what so few people said that it could be traced to one of them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from analysis.types import Group, Reason

DEFAULT_THRESHOLD = 10
LOWEST_THRESHOLD = 5

Key = TypeVar("Key", bound=Hashable)


def suppress(
    counts: Mapping[Key, int], threshold: int = DEFAULT_THRESHOLD, *, allow_small: bool = False
) -> frozenset[Key]:
    """The keys to hide: 0 < n < threshold, and if that is exactly one, the smallest other non-empty cell too.

    Apply it after merging, to all the cells of one picture. Empty cells may be shown. When a single non-empty
    cell is hidden the total gives it away and has to be hidden as well. First on ties.
    Raises ValueError for a threshold below 5 unless `allow_small` (administrators' command line).
    GP Patient Survey rule.
    """
    check_threshold(threshold, allow_small)
    hidden = {key for key, n in counts.items() if 0 < n < threshold}
    others = [key for key, n in counts.items() if n > 0 and key not in hidden]
    if len(hidden) == 1 and others:
        hidden.add(min(others, key=lambda key: counts[key]))
    return frozenset(hidden)


def check_threshold(threshold: int, allow_small: bool) -> None:
    """Raise ValueError for a threshold that does not protect anybody."""
    lowest = 0 if allow_small else LOWEST_THRESHOLD
    if threshold < lowest:
        raise ValueError(f"the threshold must be at least {lowest}, not {threshold}")


def hide(group: Group) -> Group:
    """The group without any figure: no value, no n (0), no distribution, no change. Idempotent."""
    estimate = replace(group.estimate, value=None, low=None, high=None, n=0, reason=Reason.SUPPRESSED)
    return replace(group, estimate=estimate, distribution=None, change=None)


def suppress_groups(
    groups: Sequence[Group], threshold: int = DEFAULT_THRESHOLD, *, allow_small: bool = False
) -> list[Group]:
    """The groups of one picture in their order, those that `suppress` names by their n hidden.

    Raises ValueError when two groups have the same key.
    """
    counts = {group.key: group.estimate.n for group in groups}
    if len(counts) < len(groups):
        raise ValueError("two groups have the same key")
    hidden = suppress(counts, threshold, allow_small=allow_small)
    return [hide(group) if group.key in hidden else group for group in groups]
