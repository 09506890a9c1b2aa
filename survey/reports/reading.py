"""A snapshot read: figures from its counts and from the definition of its version. Nothing else is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from analysis.types import Group
from analysis.wording.languages import phrase
from survey.figures import group, metrics_of
from survey.locales import say
from survey.questions.base import Track

Tracks = Mapping[str, Track]


@dataclass(frozen=True)
class Figured:
    """One row: the figure now, with its change, and the figure before."""

    now: Group
    before: Group

    @property
    def told(self) -> bool:
        """Whether the row has anything to say."""
        return self.now.estimate.value is not None


@dataclass(frozen=True)
class Read:
    """`tracks` are those of the version that was asked, `editions` those of every version by number."""

    snapshot: Mapping[str, Any]
    tracks: Tracks
    editions: Mapping[int, Tracks]
    locale: str

    @property
    def open(self) -> bool:
        return bool(self.snapshot["state"] == "open")

    @property
    def form(self) -> int:
        """Of the snapshot: what an earlier one did not hold, its report never says."""
        return int(self.snapshot["form"])

    @property
    def min_n(self) -> int:
        return int(self.snapshot["min_n"])

    @property
    def main(self) -> Track | None:
        return self.tracks.get(self.snapshot["main"] or "")

    @property
    def metric(self) -> str:
        return str(self.snapshot["metric"])

    @cached_property
    def scored(self) -> list[Track]:
        return [one for one in self.tracks.values() if one.scale is not None]

    @cached_property
    def said(self) -> list[Track]:
        return [one for one in self.tracks.values() if one.kind == "said"]

    def days(self, name: str = "days") -> tuple[date, date]:
        first, last = self.snapshot[name]
        return date.fromisoformat(first), date.fromisoformat(last)

    def say(self, key: str, **values: object) -> str:
        return phrase(self.locale, f"report_{key}", **values)

    def wording(self, track: Track) -> str:
        return track.wording.say(self.locale, unit="…", service_type="…")

    def item(self, track: Track, metric: str = "") -> Figured:
        pair = self.snapshot["items"][track.code]
        return self.figured(track.code, self.wording(track), track, metric or metrics_of(track)[0], pair)

    def places(self, name: str, track: Track, metric: str) -> list[Figured]:
        """The units or service types of the snapshot."""
        return [
            self.figured(str(one["id"]), say(one["names"], self.locale), track, metric, one["counts"])
            for one in self.snapshot[name]
        ]

    def figured(self, key: str, label: str, track: Track, metric: str, pair: list[Any]) -> Figured:
        now, before = pair
        told = group(
            key,
            label,
            track,
            metric,
            now or {},
            min_n=self.min_n,
            before=before or {},
            shown=now is not None,
            shown_before=before is not None,
        )
        earlier = group(key, label, track, metric, before or {}, min_n=self.min_n, shown=before is not None)
        return Figured(told, earlier)
