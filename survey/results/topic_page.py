"""The page of topics: which can be chosen, and example comments of the chosen one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from analysis.wording.languages import phrase
from survey.figures import examples, said_of
from survey.results.forms import FilterForm
from survey.results.framing import address
from survey.results.view import View

MOST = 3  # examples of each side
SIDES = (("negative", _l("What is criticised")), ("positive", _l("What is praised")))


@dataclass(frozen=True, slots=True)
class Side:
    label: str  # of the comments about the topic
    title: Any
    comments: Sequence[Any]


@dataclass(frozen=True, slots=True)
class About:
    topic: str
    name: str
    sides: Sequence[Side]


def offer(form: FilterForm, view: View) -> None:
    """The topics, by what is mentioned most."""
    form.fill(topic=list(view.topic_study.names.items()))
    form.topic.data = view.topic_study.chosen


def said_about(view: View) -> About | None:
    """None where no topic is shown."""
    study = view.topic_study
    if not study.chosen:
        return None
    return About(
        study.chosen, study.names[study.chosen], [_side(view, label, title) for label, title in SIDES]
    )


def _side(view: View, label: str, title: Any) -> Side:
    without = view.selection.small_units
    found = examples(view.person, view.filters, view.topic_study.chosen, label, without=without, most=MOST)
    return Side(label, title, found)


def summary(view: View) -> dict[str, Any]:
    """For the overview: the topics that matter most, and the way to more of each."""
    said = said_of(
        view.person, view.selection, view.version, view.seen, view.published, view.locale, with_comments=0
    )
    return {
        "said": said,
        "machine": phrase(view.locale, "topics_machine"),
        "about_topic": lambda topic: address("results.page", page="topics", topic=topic),
        "read_topic": lambda topic, label: address("results.comments", topic=topic, felt=label),
    }
