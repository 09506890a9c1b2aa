"""The forms that add terms and topics, and try them on a text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from opencc import OpenCC
from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from analysis.topics import SECTORS, TOPICS
from survey.names import sector_name, subtopic_name, topic_name
from survey.topics.queries import own_topics

LONGEST = 20_000  # characters, of a pasted list or of a text to try
TOO_LONG = _l("This is too long.")


def _clean(text: str | None) -> str:
    return " ".join((text or "").replace("\x00", "").split())


class SectorForm(FlaskForm):
    """A filter, in the address."""

    class Meta:
        csrf = False

    sector = SelectField(_l("Word lists of"))

    def offer(self) -> None:
        self.sector.choices = [("", sector_name(None)), *((code, sector_name(code)) for code in SECTORS)]


class TermsForm(FlaskForm):
    about = SelectField(_l("Topic"), [InputRequired(_l("Please choose a topic from the list."))])
    terms = TextAreaField(
        _l("Terms"),
        [InputRequired(_l("Please write a word or a phrase.")), Length(max=LONGEST, message=TOO_LONG)],
        filters=[lambda text: (text or "").replace("\x00", "")],
        description=_l(
            "One a line, in any language. “wait*” finds wait, waited, waiting; “took .. hour*” and “等..小时” allow a few "
            "words between."
        ),
    )
    text = TextAreaField(
        _l("Try it on a text"),
        [Length(max=LONGEST, message=TOO_LONG)],
        filters=[lambda text: (text or "").replace("\x00", "")],
        description=_l("A comment as somebody may have written it. Nothing is stored."),
    )

    def offer(self) -> None:
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, topic in TOPICS.items():
            parts = [(f"{code}.{part}", subtopic_name(code, part)) for part in topic.subtopics]
            groups[topic_name(code)] = [(code, topic_name(code)), *parts]
        own = [(one.code, topic_name(one.code)) for one in own_topics()]
        if own:
            groups[str(_l("Your own"))] = own
        self.about.choices = groups


def _name(label: Any) -> StringField:
    return StringField(
        label,
        [InputRequired(_l("Please give a name.")), Length(max=60, message=_l("At most 60 characters."))],
        filters=[_clean],
    )


class TopicForm(FlaskForm):
    name_en = _name(_l("Name in English"))
    name_zh_hans = _name(_l("Name in Simplified Chinese"))
    name_zh_hant = _name(_l("Name in Traditional Chinese"))
    terms = TermsForm.terms
    text = TermsForm.text

    def suggest(self, given: Mapping[str, str]) -> None:
        """A new theme leads here: its phrase, and its name in the language in which it was written."""
        self.terms.data = given.get("terms", "")[:LONGEST]
        name = given.get("name", "")[:60]
        if given.get("language") == "zh":
            self.name_zh_hans.data = OpenCC("t2s").convert(name)
            self.name_zh_hant.data = OpenCC("s2twp").convert(name)
        else:
            self.name_en.data = name

    def names(self) -> dict[str, str]:
        return {
            "en": self.name_en.data or "",
            "zh_Hans": self.name_zh_hans.data or "",
            "zh_Hant": self.name_zh_hant.data or "",
        }
