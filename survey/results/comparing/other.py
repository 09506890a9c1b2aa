"""The other questionnaire: comparable only where it asks the same question on the same scale."""

from __future__ import annotations

from dataclasses import replace

from flask_babel import gettext as _

from survey.figures import Publication, Subject, current, issued, known_days, subjects
from survey.models import Questionnaire
from survey.results.choosing import title
from survey.results.comparing.sides import Side
from survey.results.view import View


def questionnaires(view: View, *, own: bool = False) -> list[tuple[str, str]]:
    """Those that were published, by code, with their titles; the view's own among them where wanted."""
    return [(one.code, title(one, view.locale)) for one in issued() if own or one.id != view.questionnaire.id]


def other_questionnaire(view: View, code: str) -> tuple[Side | None, str]:
    """The other side, and what has to be said with it; without a side why not."""
    other = next((one for one in issued() if one.code == code), None)
    version = current(other) if other else None
    main = view.main
    if other is None or version is None or main is None:
        return None, _("No question of this questionnaire has a score to compare.")
    name, wording = title(other, view.locale), view.wording(main)
    subject = subjects(version).get(main.code)
    if subject is None:
        return None, _(
            "“%(other)s” does not ask “%(wording)s” (code %(code)s), so there is nothing to compare. "
            "Please choose another main question or questionnaire.",
            other=name,
            wording=wording,
            code=main.code,
        )
    if subject.track.scale != main.track.scale:
        return None, _(
            "“%(other)s” asks “%(wording)s” on another scale or counts other answers as satisfied. "
            "Different scales are never compared.",
            other=name,
            wording=wording,
        )
    if known_days(other.id, view.person) is None:
        return None, _("Nobody has answered “%(other)s” yet.", other=name)
    return _side(view, other, subject, name), _wording_note(view, subject)


def _side(view: View, other: Questionnaire, subject: Subject, name: str) -> Side:
    published = Publication(view.person, other.id, view.seen, view.min_n)
    return Side(
        other.code, name, subject, replace(view.asked, questionnaire_id=other.id), published, view.person
    )


def _wording_note(view: View, subject: Subject) -> str:
    if view.main is None or view.wording(subject) == view.wording(view.main):
        return ""
    return _(
        "The wording differs: “%(one)s” and “%(other)s”. A difference may come from that.",
        one=view.wording(view.main),
        other=view.wording(subject),
    )
