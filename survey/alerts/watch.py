"""What a rule on figures looks at: the control chart of a question, or a target, of one unit or of each below it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from survey.models import Grain
from survey.questions.base import Strict


class Watch(Strict):
    watch: Literal["signal", "target"]
    question: Annotated[str, Field(min_length=1, max_length=130)]
    metric: Annotated[str, Field(min_length=1, max_length=24)]
    by: Literal["week", "month"] = "month"
    each: bool = False  # also each unit below, by itself
    worse_only: bool = True  # of a chart: not where it gets better
    likely_only: bool = True  # of a chart: only where several patterns agree

    @property
    def grain(self) -> Grain:
        return Grain(self.by)

    @property
    def key(self) -> str:
        """What its signals have in common."""
        about = hashlib.sha256(f"{self.question}:{self.metric}".encode()).hexdigest()[:16]
        return f"{self.watch}:{about}:{self.by}"


def watch_of(stored: Mapping[str, Any]) -> Watch | None:
    """None for a rule on responses."""
    return Watch.model_validate(stored) if "watch" in stored else None
