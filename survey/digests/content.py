"""What a digest says, as plain parts: the same for the page, for a mail and for a notice.

Each figure comes with n, interval and what is chance, in the words of analysis.wording; whatever has too few answers
is left out by the same rules as on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from flask import current_app
from flask_babel import format_date, format_number
from flask_babel import gettext as _

from analysis.types import Verdict
from analysis.wording import change_sentence, cited, estimate_sentence, question_sentences
from survey.access import Act, may
from survey.digests.chart import over_time
from survey.digests.open_cases import OpenCases
from survey.feedback.queries import Summary, summary
from survey.figures import Filters, State, current, issued, most_answered, places
from survey.locales import say
from survey.models import Questionnaire, Unit, User, Version
from survey.questions.definition import definition_of

MOST = 3  # comments of praise, and of criticism
LOOK_BACK = timedelta(days=90)  # for the questionnaire that most have answered


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    lines: list[str] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)
    link: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    unit: str
    days: str
    survey: str = ""
    parts: list[Part] = field(default_factory=list)
    figure: Any = None  # the trend, to be drawn
    telling: bool = False  # whether somebody answered

    def fields(self) -> dict[str, Any]:
        """As a message holds it; the picture is made apart."""
        return {name: value for name, value in asdict(self).items() if name not in ("figure", "telling")}


@dataclass(frozen=True, slots=True)
class Asked:
    unit: Unit
    first_on: date
    last_on: date
    locale: str
    min_n: int


def content(person: User, asked: Asked) -> Content:
    """Of what this person may see of the unit in these days."""
    days = f"{format_date(asked.first_on, 'medium')} – {format_date(asked.last_on, 'medium')}"
    head = Content(say(asked.unit.names, asked.locale), days)
    most = most_answered(person, asked.last_on - LOOK_BACK, asked.unit.path)
    questionnaire = next((one for one in issued() if one.id == most), None)
    version = current(questionnaire) if questionnaire else None
    if questionnaire is None or version is None:
        return replace(head, parts=[Part(_("How many answered"), [_("Nobody has answered in these days.")])])
    filters = Filters(questionnaire.id, asked.first_on, asked.last_on, unit_path=asked.unit.path)
    told = summary(person, filters, version, places(person), asked.locale, asked.min_n)
    title = definition_of(version).title.say(asked.locale, unit="", service_type="")
    return replace(
        head,
        survey=title,
        parts=[*_parts(told, asked), *_how_read(person, told)],
        figure=_figure(person, questionnaire, version, filters, asked),
        telling=told.state is not State.EMPTY,
    )


def _parts(told: Summary, asked: Asked) -> Iterator[Part]:
    if told.state is not State.OPEN:
        few = _("Fewer than %(n)s people have answered in these days", n=asked.min_n)
        yield Part(
            _("How many answered"), [f"{few}.", _("Their answers are shown as soon as there are enough.")]
        )
        return
    yield Part(_("How many answered"), list(_overall(told, asked.locale)))
    changed = [
        _about(one.label, change_sentence(one.change, asked.locale), asked.locale)
        for one in told.questions
        if one.change is not None and one.change.verdict is Verdict.LIKELY_REAL
    ]
    yield Part(_("What changed"), changed or [_("No question changed by more than chance explains.")])
    if len(told.questions) > 1:
        yield Part(
            _("What went well, and what did not"), list(question_sentences(told.questions, asked.locale))
        )
    if told.said.topics:
        yield from _matters(told)
    told_already = {comment.text for one in told.said.topics for comment in one.comments}
    for title, said in ((_("New praise"), told.praise), (_("New criticism"), told.criticism)):
        new = dict.fromkeys(one.comment.text for one in said if one.comment.text not in told_already)
        if new:
            yield Part(title, quotes=list(new)[:MOST])


def _about(question: str, sentence: str, locale: str) -> str:
    return _("%(question)s: %(sentence)s", question=cited(locale, question), sentence=sentence)


def _matters(told: Summary) -> Iterator[Part]:
    """The topics that matter most, each with the comments that say why."""
    yield Part(
        _("What matters most in the comments"), [_("Of %(n)s comments.", n=format_number(told.said.n))]
    )
    for one in told.said.topics:
        quotes = [comment.text for comment in one.comments]
        yield Part(one.name, [one.sentence], quotes)


def _how_read(person: User, told: Summary) -> Iterator[Part]:
    """Where sentiment is told of: by whom, and for those who may see it how right that is."""
    if told.state is State.OPEN and (told.said.topics or told.praise or told.criticism):
        base: str = current_app.extensions["settings"].base_url
        link = f"{base}/results/comments/reading" if may(person, Act.READ_RESULTS) else ""
        words = _("A program finds praise, criticism and topics in the comments. It is wrong at times.")
        yield Part(_("How comments are read"), [words], link=link)


def _overall(told: Summary, locale: str) -> Iterator[str]:
    yield _("%(n)s people answered.", n=format_number(told.responses))
    if told.overall is not None:
        yield _about(told.overall.label, estimate_sentence(told.overall.estimate, locale), locale)
        if told.overall.change is not None and told.overall.estimate.value is not None:
            yield change_sentence(told.overall.change, locale)


def _figure(
    person: User, questionnaire: Questionnaire, version: Version, filters: Filters, asked: Asked
) -> Any:
    return over_time(person, questionnaire, version, filters, asked.locale, asked.min_n)


def with_cases(content: Content, cases: OpenCases) -> Content:
    """Whose cases they are differs by person; all else is the same for everybody of a unit."""
    if not cases.lines:
        return content
    return replace(content, parts=[*content.parts, Part(cases.title, cases.lines)])
