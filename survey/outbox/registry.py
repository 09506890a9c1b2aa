"""Which messages there are, and the fields that each may use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class UnknownTemplate(LookupError):
    """No message of this name is registered."""


class WrongFields(ValueError):
    """A message was written with fields that its template does not have, or without some that it has."""

    def __init__(self, template: str, unknown: set[str], missing: set[str]) -> None:
        self.unknown, self.missing = sorted(unknown), sorted(missing)
        told = [f"unknown: {', '.join(self.unknown)}"] if unknown else []
        told += [f"missing: {', '.join(self.missing)}"] if missing else []
        super().__init__(f"fields of the message {template!r}: {'; '.join(told)}")


@dataclass(frozen=True, slots=True)
class Template:
    """`sample` names every field, with the value that a preview shows.

    `fixed` templates have fields that are no plain texts, and are not edited by administrators; they may have a
    templates/messages/<name>.html of their own that extends messages/mail.html. Those `to_respondents` say how to
    get no more of them. `most_a_month` counts, for one address, all templates that have it.
    """

    name: str
    title: Any
    sample: Mapping[str, Any]
    fixed: bool = False
    to_respondents: bool = False
    most_a_month: int | None = None

    def check(self, fields: Mapping[str, Any]) -> None:
        """Raises WrongFields."""
        unknown, missing = fields.keys() - self.sample.keys(), self.sample.keys() - fields.keys()
        if unknown or missing:
            raise WrongFields(self.name, unknown, missing)


_KNOWN: dict[str, Template] = {}


def register(name: str, *, title: Any, sample: Mapping[str, Any], **more: Any) -> Template:
    """For features, when they are imported. Its texts are in templates/messages/<name>.txt, in every language."""
    _KNOWN[name] = Template(name, title, dict(sample), **more)
    return _KNOWN[name]


def named(name: str) -> Template:
    """Raises UnknownTemplate."""
    try:
        return _KNOWN[name]
    except KeyError:
        raise UnknownTemplate(name) from None


def every() -> list[Template]:
    return [_KNOWN[name] for name in sorted(_KNOWN)]
