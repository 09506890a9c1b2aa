"""The words of a message: its template's own in each language, or those that an administrator wrote instead.

Both are texts in which `{{ field }}` stands for a field, and nothing else: no other expression is understood, so that
whoever edits a text reads nothing but the fields. HTML is made of the finished text, which is escaped (letters.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from survey.errors import Invalid
from survey.extensions import db
from survey.models import MessageText
from survey.outbox.registry import Template, named

SUBJECT = "Subject:"
LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000  # characters
_UNDERSTOOD = (nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name)


@dataclass(frozen=True, slots=True)
class Words:
    subject: str
    body: str


def words(template: Template, locale: str) -> Words:
    """What an administrator wrote, else the template's own."""
    written = None if template.fixed else db.session.get(MessageText, (template.name, locale))
    return Words(written.subject, written.body) if written else own(template, locale)


def own(template: Template, locale: str) -> Words:
    """The template's words with its fields still in braces, as they are edited."""
    return rendered(template.name, {name: f"{{{{ {name} }}}}" for name in template.sample}, locale)


def rendered(name: str, fields: Mapping[str, Any], locale: str) -> Words:
    """templates/messages/<name>.txt: its first line is the subject."""
    with force_locale(locale):
        text = current_app.jinja_env.get_template(f"messages/{name}.txt").render(**fields)
    first, _line, rest = text.strip().partition("\n")
    if not first.startswith(SUBJECT):
        raise ValueError(f"messages/{name}.txt has no first line {SUBJECT}")
    return Words(first.removeprefix(SUBJECT).strip(), rest.strip())


def check(template: Template, given: Words) -> None:
    """Raises Invalid, which names what is not understood and where it is."""
    for field, text, longest in (
        ("subject", given.subject, LONGEST_SUBJECT),
        ("body", given.body, LONGEST_BODY),
    ):
        if not text.strip():
            raise Invalid(_("Please fill this in."), field=field)
        if len(text) > longest:
            raise Invalid(_("Please use at most %(n)s characters.", n=longest), field=field)
        unknown = _names(text, field) - template.sample.keys()
        if unknown:
            told = ", ".join(sorted(unknown))
            raise Invalid(_("There is no field called %(name)s in this message.", name=told), field=field)


def _names(text: str, field: str) -> set[str]:
    try:
        tree = _plain().parse(text)
    except TemplateSyntaxError as error:
        raise Invalid(
            _("Line %(line)s: these braces are not understood.", line=error.lineno), field=field
        ) from None
    found = list(tree.find_all(nodes.Node))
    other = next((node for node in found if not isinstance(node, _UNDERSTOOD)), None)
    if other is not None:
        line = other.lineno or 1
        raise Invalid(
            _("Line %(line)s: between braces only the name of a field is understood.", line=line), field=field
        )
    return {node.name for node in found if isinstance(node, nodes.Name)}


def fill(text: str, fields: Mapping[str, Any]) -> str:
    """A template of words with its fields put in, as plain text."""
    return str(_plain().from_string(text).render(**fields))


def filled(message: str, locale: str, fields: Mapping[str, Any]) -> Words:
    """Subject and text of a message, ready to be read."""
    template = named(message)
    if template.fixed:
        return rendered(message, fields, locale)
    found = words(template, locale)
    return Words(" ".join(fill(found.subject, fields).split()), fill(found.body, fields))


@lru_cache(maxsize=1)
def _plain() -> ImmutableSandboxedEnvironment:
    made = ImmutableSandboxedEnvironment(autoescape=False, undefined=StrictUndefined)  # noqa: S701 plain text; letters.py escapes
    made.globals.clear()
    return made
