"""What the comments page shows of each comment that it lists."""

from __future__ import annotations

from typing import Any

from survey.figures.comment_topics import topics_of
from survey.figures.comments import Page
from survey.models import Grain
from survey.results import commenting, correcting, marking, reading
from survey.results.forms import CommentForm
from survey.results.labels import period_label, service_label, unit_label
from survey.results.view import View

SIGNS = {"positive": "▲", "negative": "▼", "neutral": "●", "undecided": "?"}
LOOKS = {"positive": "good", "negative": "bad"}


def shown(view: View, form: CommentForm, page: Page) -> dict[str, Any]:
    """For the template."""
    topics = topics_of([one.key for one in page.comments])
    return {
        "page": page,
        "rating": lambda one: commenting.rating(view, one),
        "unit_name": lambda one: unit_label(view.seen, one.comment.unit_id, view.locale),
        "service_name": lambda one: service_label(view.seen, one.comment.service_type_id, view.locale),
        "day_shown": lambda one: commenting.day_shown(view, one),
        "month": lambda one: period_label(one.comment.submitted_on, Grain.MONTH, view.locale),
        "hides_units": commenting.hides_units(view),
        "topics_of": lambda one: topics.get(one.key, []),
        "pieces": lambda one: marking.pieces(one.comment, form.terms, topics.get(one.key, [])),
        "decided": marking.decided,
        "lang": reading.lang,
        "foreign": lambda comment: reading.foreign(comment, view.locale),
        "language_of": lambda comment: reading.name(comment, view.locale),
        "converted": lambda comment: reading.converted(comment, view.locale),
        "any_foreign": any(reading.foreign(one.comment, view.locale) for one in page.comments),
        "labelled": correcting.standing(page.comments),
        "about_by": correcting.topics_standing(page.comments),
        "keys": correcting.KEYS,
        "signs": SIGNS,
        "looks": LOOKS,
    }
