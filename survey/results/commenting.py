"""The comments page: which comments, and the rating that was given beside each."""

from __future__ import annotations

from dataclasses import replace

from survey.figures import State, comments, responses_series
from survey.figures.comment_filters import About, Disagreeing, Rated, Wanted
from survey.results.forms import CommentForm
from survey.results.view import View

EMPTY = comments.Page([], None, None)
HIGH, LOW = 0.75, 0.25  # of the way from the worst to the best answer


def listed(view: View, form: CommentForm, older: str, newer: str) -> comments.Page:
    """Nothing of a selection with few responses, and nothing of units with few."""
    if not opens(view, form):
        return EMPTY
    return comments.page(
        view.person,
        view.filters,
        wanted(view, form),
        without=view.selection.small_units,
        older_than=comments.cursor(older),
        newer_than=comments.cursor(newer),
    )


def opens(view: View, form: CommentForm) -> bool:
    return view.selection.state is State.OPEN and not form.search.errors


def wanted(view: View, form: CommentForm) -> Wanted:
    return Wanted(
        label=form.sentiment.data or "",
        question_code=form.asked.data or "",
        purpose=form.purpose.data or "",
        terms=tuple(form.terms),
        flag=form.flag.data or "",
        written_in=form.written_in.data or "",
        rated=_between(view, form.least.data or "", form.most.data or ""),
        disagreeing=_disagreeing(view, form.disagrees.data or ""),
        about=About(form.topic.data, form.felt.data or "") if form.topic.data else None,
    )


def _rated(view: View, values: list[str]) -> Rated | None:
    if view.main is None or not values:
        return None
    code, _dot, row = view.main.code.partition(".")
    return Rated(code, row, tuple(values))


def _between(view: View, least: str, most: str) -> Rated | None:
    """Answers from one number to another, as the scale has them."""
    if view.main is None or view.main.track.scale is None or not (least or most):
        return None
    numbers = view.main.track.scale.values
    low, high = numbers.get(least, min(numbers.values())), numbers.get(most, max(numbers.values()))
    return _rated(
        view, [value for value, number in numbers.items() if min(low, high) <= number <= max(low, high)]
    )


def _disagreeing(view: View, which: str) -> Disagreeing | None:
    """Without a scored question nothing disagrees."""
    if not which:
        return None
    scale = view.main.track.scale if view.main else None
    worst, best = scale.bounds if scale else (0.0, 0.0)
    if scale is None or worst == best:
        return Disagreeing(None, None)
    if scale.reverse:
        worst, best = best, worst
    shares = {value: (number - worst) / (best - worst) for value, number in scale.values.items()}
    high = _rated(view, [value for value, share in shares.items() if share >= HIGH])
    low = _rated(view, [value for value, share in shares.items() if share <= LOW])
    return Disagreeing(high if which != "low" else None, low if which != "high" else None)


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
