"""What the cards of topics share: the counts of both periods, each read once, and the topic that is chosen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from analysis.statistics.topic_shares import Mentioned, TopicShares, topic_shares
from analysis.types import Reason
from survey.figures import Heard, heard
from survey.names import topic_name

if TYPE_CHECKING:
    from survey.results.view import View


@dataclass(frozen=True)
class TopicStudy:
    view: View

    @cached_property
    def heard(self) -> Heard | None:
        """None where the comments of these days may not be shown."""
        view = self.view
        if not view.said or not view.comments_told(view.filters):
            return None
        found = heard(view.person, view.filters, view.said).get((), None)
        return found if found and found.mentioned.n >= view.min_n else None

    @property
    def now(self) -> Mentioned | None:
        return self.heard.mentioned if self.heard else None

    @cached_property
    def before(self) -> Mentioned | None:
        view = self.view
        if not view.comments_told(view.filters.before()):
            return None
        found = heard(view.person, view.filters.before(), view.said).get((), None)
        return found.mentioned if found and found.mentioned.n >= view.min_n else None

    @cached_property
    def shares(self) -> tuple[TopicShares, ...]:
        """The topic that is mentioned most comes first."""
        if self.now is None:
            return ()
        found = topic_shares(self.now, self.before, why_no_base=Reason.NO_BASELINE)
        return tuple(sorted(found, key=lambda one: (-one.mentions.total, one.topic)))

    @cached_property
    def names(self) -> dict[str, str]:
        return {one.topic: topic_name(one.topic, self.view.locale) for one in self.shares}

    @cached_property
    def chosen(self) -> str:
        """The topic asked for, else the one most complained of; empty without any."""
        known = [one.topic for one in self.shares]
        worst = max(self.shares, key=lambda one: one.mentions.negative, default=None)
        return self.view.topic if self.view.topic in known else worst.topic if worst else ""
