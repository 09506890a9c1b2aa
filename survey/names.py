"""What codes are called on the pages: roles, channels, kinds, statuses."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l
from flask_security import current_user

from analysis.catalogue import SECTORS, TOPICS
from analysis.wording.hidden import hidden_words, hides
from survey.access import Act, may
from survey.extensions import db
from survey.locales import say
from survey.models import OwnTopic
from survey.translation import locale

ROLES = {
    "administrator": _l("Administrator"),
    "quality_manager": _l("Quality manager"),
    "head_of_unit": _l("Head of unit"),
    "staff": _l("Staff"),
    "auditor": _l("Auditor"),
}
CHANNELS = {
    "web": _l("Web"),
    "qr": _l("QR code"),
    "kiosk": _l("Kiosk"),
    "sms": _l("Text message"),
    "email": _l("E-mail"),
    "wechat": _l("WeChat"),
    "phone": _l("Telephone"),
    "paper": _l("Paper"),
}
KINDS = {
    "headquarters": _l("Headquarters"),
    "branch": _l("Branch"),
    "department": _l("Department"),
}
STATUSES = {
    "draft": _l("Draft"),
    "published": _l("Published"),
    "superseded": _l("Superseded"),
    "retired": _l("Retired"),
}
SENTIMENTS = {
    "negative": _l("Negative"),
    "neutral": _l("Neutral"),
    "positive": _l("Positive"),
    "no_content": _l("No content"),
    "undecided": _l("Undecided"),
}
PURPOSES = {
    "good": _l("What was good"),
    "improve": _l("What could be better"),
    "why": _l("Why"),
    "open": _l("Open"),
}
LANGUAGES = {  # of a comment, as found in it
    "zh": _l("Chinese"),
    "en": _l("English"),
    "mixed": _l("Chinese and English"),
    "und": _l("Another language"),
}
FLAGS = {
    "too_fast": _l("Very fast"),
    "same_answer": _l("All the same answer"),
    "duplicate_text": _l("Text seen before"),
}


def person_name(person: Any) -> str:
    return str(person.name or person.email)


def register(app: Flask) -> None:
    app.add_template_filter(lambda text: hidden_words(text, locale()), "unnamed")
    app.add_template_filter(hides, "hides")
    app.add_template_filter(lambda texts, **places: _said(texts, **places), "said")
    app.context_processor(
        lambda: {
            "may": lambda act: may(current_user, Act(act)),
            "role_name": ROLES.get,
            "channel_name": CHANNELS.get,
            "kind_name": KINDS.get,
            "status_name": STATUSES.get,
            "sentiment_name": SENTIMENTS.get,
            "purpose_name": PURPOSES.get,
            "flag_name": FLAGS.get,
            "language_name": LANGUAGES.get,
            "topic_name": topic_name,
            "subtopic_name": subtopic_name,
            "sector_name": sector_name,
        }
    )


def topic_name(code: str, language: str | None = None) -> str:
    """Of the lists or of the organisation's own, ended ones too; the code where nobody knows it any more."""
    listed = TOPICS.get(code)
    if listed is not None:
        return listed.names[language or locale()]
    own = db.session.get(OwnTopic, code)
    return say(own.names, language or locale()) if own else code


def subtopic_name(topic: str, code: str, language: str | None = None) -> str:
    listed = TOPICS.get(topic)
    names = listed.subtopics.get(code) if listed else None
    return names[language or locale()] if names else code


def sector_name(code: str | None, language: str | None = None) -> str:
    """None: the word lists of all sectors."""
    return SECTORS[code][language or locale()] if code else str(_l("All sectors"))


def _said(texts: Any, **places: str) -> str:
    """A text with translations (a dict, or a questionnaire's Text) in the language of the request."""
    if hasattr(texts, "say"):
        return str(texts.say(locale(), **places))
    return say(texts, locale())
