"""Every form that an administrator finds on any page, as a browser would send it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.datastructures import MultiDict

from tests.survey.access.asking import asks, send, someone
from tests.survey.access.world import World

LETTER = "A"


@dataclass
class Form:
    """`fields` as they stand on the page; `files` are the names of its file fields."""

    method: str
    path: str
    fields: MultiDict[str, str] = field(default_factory=MultiDict)
    files: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.method} {self.path} {sorted(self.fields)}"


class _Forms(HTMLParser):
    def __init__(self, path: str, html: str) -> None:
        super().__init__()
        self.path = path
        self.found: list[Form] = []
        self._open: Form | None = None
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form" and given.get("method") != "dialog":  # which is never sent
            action = urlsplit(given.get("action", "")).path or self.path
            self._open = Form(given.get("method", "get").upper(), action)
            self.found.append(self._open)
        elif self._open is not None:
            self._field(tag, given, self._open)

    def _field(self, tag: str, given: dict[str, str], form: Form) -> None:
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in form.fields:
                form.fields[self._select] = given.get("value", "")
        elif name and given.get("type") == "file":
            form.files.append(name)
        elif name and tag in ("input", "textarea", "button"):
            form.fields.setdefault(name, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        if tag == "select":
            self._select = ""


def forms(app: Flask, world: World) -> list[Form]:
    """Each kind of form once: by its method, its route and the names of its fields."""
    urls, found = app.url_map.bind("localhost"), {}
    for path, html in _pages(app, world):
        for form in _Forms(path, html).found:
            endpoint, _arguments = urls.match(form.path, form.method)
            found.setdefault((form.method, endpoint, tuple(sorted(form.fields))), form)
    return list(found.values())


def _pages(app: Flask, world: World) -> Iterator[tuple[str, str]]:
    for ask in asks(app, world, LETTER, ("GET",)):
        if "verify" in ask.path or ask.path.endswith((".csv", ".json", ".js")):
            continue
        answer = send(app, world, ask)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            yield ask.path, answer.text
    with someone(app, world, "-") as stranger:
        for path in ("/login", "/reset"):
            yield path, stranger.get(path).text
