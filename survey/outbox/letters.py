"""A message as it leaves: subject, text, and HTML in the frame of templates/messages/mail.html."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from jinja2 import TemplateNotFound
from markupsafe import Markup, escape

from survey.channels.base import Letter
from survey.locales import TAGS
from survey.outbox.words import filled

PICTURES = "pictures"  # a field of fixed templates: PNG in Base64 by name, shown as <img src="cid:name">
_LINK = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str

    @property
    def link(self) -> bool:
        """An address of ours that stands alone becomes a button; one that somebody wrote stays a text."""
        base = current_app.extensions["settings"].base_url
        return bool(_LINK.fullmatch(self.text)) and self.text.startswith(f"{base}/")

    @property
    def html(self) -> Markup:
        return Markup("<br>").join(escape(line) for line in self.text.splitlines())


def letter(template: str, fields: Mapping[str, Any], locale: str, unsubscribe: str = "") -> Letter:
    """Raises UnknownTemplate, or what Jinja raises of a template that cannot be filled."""
    words = filled(template, locale, fields)
    text = words.body
    if unsubscribe:
        with force_locale(locale):
            text += f"\n\n-- \n{_('No more messages of this kind')}\n{unsubscribe}"
    images = {name: base64.b64decode(image) for name, image in (fields.get(PICTURES) or {}).items()}
    return Letter(
        words.subject, text, _html(template, fields, locale, words.subject, words.body, unsubscribe), images
    )


def _html(
    name: str, fields: Mapping[str, Any], locale: str, subject: str, body: str, unsubscribe: str
) -> str:
    environment = current_app.jinja_env
    with force_locale(locale):
        try:
            frame = environment.get_template(f"messages/{name}.html")
        except TemplateNotFound:
            frame = environment.get_template("messages/mail.html")
        parts = [Paragraph(part.strip()) for part in re.split(r"\n\s*\n", body) if part.strip()]
        return frame.render(
            **fields,
            subject=subject,
            paragraphs=parts,
            tag=TAGS[locale],
            unsubscribe=unsubscribe,
            organisation=current_app.extensions["settings"].organisation,
        )
