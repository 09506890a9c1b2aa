"""Requests of the matrix: each door, method, person and choice of own, foreign and missing objects."""

from __future__ import annotations

import itertools
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from survey.extensions import db
from tests import factories
from tests.survey.access.doors import DOORS, Door
from tests.survey.access.world import Kind, Whose, World

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
DIFFERENT = ("Set-Cookie", "Content-Length", "Date", "Expires")
RANDOM = re.compile(rb'name="(csrf_token|_key|form_key)"[^>]*|since=\d+~0" data-one')  # since now
BY_ENDPOINT = {door.endpoint: door for door in DOORS}


@dataclass(frozen=True, slots=True)
class Ask:
    door: Door
    method: str
    letter: str  # of the person; "-" is a stranger
    whose: Whose
    path: str
    query: dict[str, Any]
    data: dict[str, Any]
    slot: str = ""  # which of the door's objects is foreign or missing
    named: str = ""  # how it is called

    def __str__(self) -> str:
        return f"{self.letter} {self.method} {self.path} {self.query or ''} ({self.whose})"


def rules(app: Flask) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint in BY_ENDPOINT]


def asks(app: Flask, world: World, letter: str, methods: tuple[str, ...] = ("GET", "POST")) -> Iterator[Ask]:
    for rule in rules(app):
        door = BY_ENDPOINT[rule.endpoint]
        for method in sorted((rule.methods or set()) & set(methods)):
            for chosen in _choices(door, method, world, letter):
                yield _ask(app, door, method, letter, *chosen)


def _choices(
    door: Door, method: str, world: World, letter: str
) -> Iterator[tuple[Whose, dict[str, Any], str]]:
    """All own; then each object in turn foreign and missing, the others own. Plain texts one by one."""
    fields = {**door.arguments, **door.asks, **(door.sends if method == "POST" else {})}
    kinds = {name: kind for name, kind in fields.items() if isinstance(kind, Kind)}
    lists = {name: texts if isinstance(texts, tuple) else (texts,) for name, texts in fields.items()}
    own = {name: world.value(kind, Whose.OWN, letter) for name, kind in kinds.items()}
    for texts in itertools.product(*(lists[name] for name in lists if name not in kinds)):
        plain = dict(zip((name for name in lists if name not in kinds), texts, strict=True))
        if None not in own.values():
            yield Whose.OWN, plain | own, ""
        for name, kind in kinds.items():
            for whose in (Whose.FOREIGN, Whose.MISSING):
                value = world.value(kind, whose, letter)
                if value is not None:
                    known = {
                        other: own[other] or world.value(kinds[other], Whose.MISSING, letter) for other in own
                    }
                    yield whose, plain | known | {name: value}, name


def _ask(
    app: Flask, door: Door, method: str, letter: str, whose: Whose, values: dict[str, Any], slot: str
) -> Ask:
    urls = app.url_map.bind("localhost")
    path = urls.build(door.endpoint, {name: values[name] for name in door.arguments}, method=method)
    data = {name: values[name] for name in door.sends} if method == "POST" else {}
    query = {name: values[name] for name in door.asks}
    return Ask(door, method, letter, whose, path, query, data, slot, str(values.get(slot, "")))


def send(app: Flask, world: World, ask: Ask, **more: Any) -> TestResponse:
    client = someone(app, world, ask.letter)
    data = ask.data if ask.method == "POST" else None
    return client.open(ask.path, method=ask.method, query_string=ask.query, data=data, buffered=True, **more)


def someone(app: Flask, world: World, letter: str) -> FlaskClient:
    client = app.test_client()
    if letter != "-":
        factories.continue_session(client, world.people[letter])
    return client


def seen(ask: Ask, answer: TestResponse) -> tuple[int, frozenset[tuple[str, str]], bytes]:
    """The answer without the name of what was asked for and without what differs every time."""
    text = RANDOM.sub(b"", answer.data)
    if ask.named:
        text = text.replace(ask.path.encode(), b"...").replace(f"={ask.named}".encode(), b"=...")
    headers = {pair for pair in answer.headers if pair[0] not in DIFFERENT}
    return answer.status_code, frozenset(headers), text


def rows() -> dict[str, list[tuple[Any, ...]]]:
    """Everything in the database but the audit trail, which tells of the very requests that are tested."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(select(table))), key=repr)
            for table in db.metadata.sorted_tables
            if table.name != "audit_entry"
        }


class Kept:
    """A SQLite database as it was, to put back."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._copy = sqlite3.connect(":memory:")
        with closing(self._live()) as live:
            live.backup(self._copy)

    def put_back(self) -> None:
        db.session.remove()
        with closing(self._live()) as live:
            self._copy.backup(live)
        self._world.files()
        db.session.commit()

    def _live(self) -> sqlite3.Connection:
        return sqlite3.connect(db.engine.url.database or "", timeout=30)
