"""The comments page: which comments, and the rating that was given beside each."""

from __future__ import annotations

from dataclasses import replace

from survey.figures import State, comments, responses_series
from survey.results.forms import CommentForm
from survey.results.spelling import spellings
from survey.results.view import View

EMPTY = comments.Page([], None, None)


def listed(view: View, form: CommentForm, older: str, newer: str) -> comments.Page:
    """Nothing of a selection with few responses, and nothing of units with few."""
    if view.selection.state is not State.OPEN or form.search.errors:
        return EMPTY
    return comments.page(
        view.person,
        view.filters,
        wanted(form),
        without=view.selection.small_units,
        older_than=comments.cursor(older),
        newer_than=comments.cursor(newer),
    )


def wanted(form: CommentForm) -> comments.Wanted:
    return comments.Wanted(
        label=form.sentiment.data or "",
        question_code=form.asked.data or "",
        purpose=form.purpose.data or "",
        texts=spellings(form.search.data or ""),
        flag=form.flag.data or "",
    )


def rating(view: View, listed: comments.Listed) -> str:
    """The answer to the main question in words; empty when there is none."""
    if view.main is None:
        return ""
    code, _dot, row = view.main.code.partition(".")
    answer = listed.answers.get(code)
    if row and isinstance(answer, dict):
        answer = answer.get(row)
    label = view.main.track.labels.get(str(answer)) if answer is not None else None
    return label.say(view.locale) if label else ""


def day_shown(view: View, listed: comments.Listed) -> bool:
    """Whether a comment's day may be told, or only its month: where the day has figures of its own."""
    comment = listed.comment
    one = replace(view.filters, first_on=comment.submitted_on, last_on=comment.submitted_on)
    series = responses_series(view.version)
    return view.published.shows_own(series, one, view.seen.units[comment.unit_id])


def hides_units(view: View) -> bool:
    """Whether comments of some unit in the selection are hidden because too few answered."""
    return any(unit.id in view.selection.small_units for unit in view.seen.below(view.filters.unit_path))
