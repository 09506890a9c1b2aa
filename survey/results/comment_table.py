"""The comments that the filters choose as a table: what the page shows of each, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from itertools import islice
from typing import Any

from flask_babel import gettext as _

from analysis.wording.hidden import hidden_words
from survey.figures import comments
from survey.figures.comment_topics import topics_of
from survey.locales import NAMES
from survey.names import CHANNELS, FLAGS, LANGUAGES, PURPOSES, SENTIMENTS, topic_name
from survey.results import commenting
from survey.results.forms import CommentForm
from survey.results.labels import service_label, unit_label
from survey.results.view import View

BATCH = 500  # comments whose topics are read at once


def header(view: View) -> list[str]:
    rating = view.wording(view.main) if view.main else _("Main question")
    return [
        _("Day or month"), _("Unit"), _("Service type"), _("Channel"), _("Language of the page"), _("Question"),
        _("Asked for"), rating, _("Language of the comment"), _("Sentiment"), _("Sentiment from −1 to 1"),
        _("Found by"), _("Topics"), _("Quality flag"), _("Comment"),
    ]  # fmt: skip


def rows(view: View, form: CommentForm) -> Iterator[list[Any]]:
    """Newest first, read as they are written."""
    if not commenting.opens(view, form):
        return
    asked = {choice.value: str(choice.label) for choice in form.asked.choices or ()}
    days: dict[tuple[date, int], bool] = {}
    wanted = commenting.wanted(view, form)
    found = comments.every(view.person, view.filters, wanted, without=view.selection.small_units)
    name = cache(topic_name)
    while some := list(islice(found, BATCH)):
        about = topics_of([one.key for one in some])
        for one in some:
            where = one.comment.submitted_on, one.comment.unit_id
            if where not in days:
                days[where] = commenting.day_shown(view, one)
            topics = "; ".join(
                f"{name(felt.topic)}: {SENTIMENTS[felt.label]}" for felt in about.get(one.key, ())
            )
            yield _cells(view, one, asked, days[where], topics)


def _cells(
    view: View, one: comments.Listed, asked: dict[str, str], day_shown: bool, topics: str
) -> list[Any]:
    said = one.comment
    day = said.submitted_on.isoformat()
    return [
        day if day_shown else day[:7],
        unit_label(view.seen, said.unit_id, view.locale),
        service_label(view.seen, said.service_type_id, view.locale),
        str(CHANNELS.get(said.channel, said.channel)),
        NAMES.get(said.locale, said.locale),
        asked.get(said.question_code, said.question_code),
        str(PURPOSES.get(said.purpose, said.purpose)),
        commenting.rating(view, one),
        str(LANGUAGES.get(said.language, said.language)),
        str(SENTIMENTS.get(said.label, said.label)),
        round(said.score, 3),
        said.method,
        topics,
        "; ".join(str(FLAGS.get(flag, flag)) for flag in one.flags),
        hidden_words(said.text, view.locale),
    ]
