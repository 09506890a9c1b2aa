"""Every route x method x role x own, foreign and missing objects; see doors.py for what is expected."""

from __future__ import annotations

from dataclasses import replace
from difflib import ndiff

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.survey.access.asking import BY_ENDPOINT, METHODS, Ask, Kept, asks, rows, rules, seen, send, someone
from tests.survey.access.doors import DOORS, EVERYBODY, HALF_SIGNED_IN
from tests.survey.access.world import FOREIGN, Kind, Whose, World, add_foreign, build

SEES_ALL = ("A", "everything")
PEOPLE = ("A", "Q", "H", "S", "U", "everything", "-")
MORE: list[dict[str, str]] = [
    {},
    {"from": "2026-01-01", "to": "2026-12-31"},
    {"level": "leaf", "grain": "month"},
    {"period": "year", "sentiment": "negative", "search": "said", "state": "open"},
    {"page": "2", "older": "2026-01-01", "sort": "n", "question": "why", "asked": "why"},
    {"what": "codebook", "questionnaire": "small", "channel": "web", "service": "stay"},
]
TELLS_OF_THE_TEST = ("trail.index", "trail.file")  # tests/survey/trail looks for what is foreign there
OPEN_TO_ALL = (Kind.LINK_CODE, Kind.TOKEN, Kind.RECEIPT)  # whoever has the address may use it


def _letter(ask: Ask) -> str:
    return "U" if ask.letter == "everything" else ask.letter


def _sent_to_sign_in(answer: TestResponse) -> bool:
    return answer.status_code == 302 and answer.headers["Location"].startswith("/login")


def _missing(ask: Ask) -> bool:
    """Whether the person must be told that there is nothing."""
    kinds = {*ask.door.arguments.values(), *ask.door.asks.values(), *ask.door.sends.values()}
    if ask.whose is Whose.FOREIGN:
        personal = bool(kinds & {Kind.UPLOAD, Kind.NOTICE})
        return personal or (ask.letter not in SEES_ALL and not kinds & set(OPEN_TO_ALL))
    return ask.whose is Whose.MISSING


def _deviation(ask: Ask, answer: TestResponse) -> str:
    """What is wrong with the answer; empty when it is as it should be."""
    status = answer.status_code
    if ask.door.who == HALF_SIGNED_IN:
        return "" if status in (302, 400) else f"{ask}: {status}, not sent away"
    if ask.door.who != EVERYBODY and ask.letter == "-":
        return "" if _sent_to_sign_in(answer) else f"{ask}: {status}, not sent to sign in"
    if _letter(ask) not in ask.door.who:
        return "" if status == 403 else f"{ask}: {status}, not 403"
    if _missing(ask):
        return "" if status == 404 else f"{ask}: {status}, not 404"
    refused = (status in (401, 403, 404, 405) or status >= 500) and status != ask.door.also
    away = _sent_to_sign_in(answer) and ask.door.who != EVERYBODY and "/account/end" not in ask.path
    return f"{ask}: {status}, not let in" if refused or away else ""


def test_every_route_has_its_line_and_every_line_its_route(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert sorted(routes ^ set(BY_ENDPOINT)) == []
    assert len(DOORS) == len(BY_ENDPOINT)
    for rule in rules(app):
        assert set(BY_ENDPOINT[rule.endpoint].arguments) == rule.arguments, rule.endpoint


@pytest.mark.parametrize("letter", PEOPLE)
def test_every_door_opens_to_its_people_and_their_units_only(app: Flask, letter: str) -> None:
    world = build(app.extensions["settings"])
    kept, wrong = Kept(world), []
    before = rows()
    for ask in asks(app, world, letter):
        answer = send(app, world, ask)
        wrong.append(_deviation(ask, answer))
        if ask.method == "POST":
            changed = rows() != before
            if changed and answer.status_code in (401, 403, 404):
                wrong.append(f"{ask}: changed something")
            if changed:
                kept.put_back()
    wrong = [line for line in wrong if line]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("letter", ["Q", "H", "S", "U"])
def test_what_is_foreign_looks_like_what_is_missing(any_app: Flask, letter: str) -> None:
    """To the letter: page, headers and status; and asking for it changes nothing."""
    world = build(any_app.extensions["settings"])
    before, pages = rows(), {}
    for ask in asks(any_app, world, letter):
        if letter in ask.door.who and ask.whose is not Whose.OWN and _missing(ask):
            door = (ask.door.endpoint, ask.method, ask.slot, ask.path.replace(ask.named, ""))
            pages.setdefault(door, []).append(seen(ask, send(any_app, world, ask)))
    assert any(len(found) > 1 for found in pages.values())
    for door, found in pages.items():
        assert {status for status, _headers, _text in found} == {404}, door
        assert len(set(found)) == 1, door
    assert rows() == before


@pytest.mark.parametrize("letter", ["A", "S", "-"])
def test_no_other_method_reaches_a_page(app: Flask, letter: str) -> None:
    """HEAD answers as GET does, without a body; OPTIONS tells no more than the methods; the others are refused."""
    world = build(app.extensions["settings"])
    before = rows()
    for ask in asks(app, world, letter, ("GET",)):
        status = send(app, world, ask).status_code
        head = send(app, world, replace(ask, method="HEAD"))
        assert (head.status_code, head.data) == (status, b""), str(ask)
    for path, allowed in _paths(app, world, letter).items():
        client = someone(app, world, letter)
        for method in set(METHODS) - allowed:
            answer = client.open(path, method=method, headers={"X-HTTP-Method-Override": "POST"})
            assert answer.status_code == 405, f"{method} {path}"
        assert client.options(path).data == b""
    assert rows() == before


def _paths(app: Flask, world: World, letter: str) -> dict[str, set[str]]:
    """Every address with all the methods it has."""
    found: dict[str, set[str]] = {}
    for ask in asks(app, world, letter):
        rule = next(rule for rule in rules(app) if rule.endpoint == ask.door.endpoint)
        found.setdefault(ask.path, set()).update(rule.methods or ())
    return found


def test_no_page_shows_anything_of_a_foreign_unit(app: Flask) -> None:
    world = build(app.extensions["settings"])
    for letter in "QHSU":
        for ask in asks(app, world, letter, ("GET",)):
            if ask.whose is Whose.OWN and not set(ask.door.arguments.values()) & set(OPEN_TO_ALL):
                assert FOREIGN.encode() not in send(app, world, ask).data.lower(), str(ask)


@pytest.mark.parametrize("more", MORE, ids=lambda more: str(more))
def test_what_happens_in_foreign_units_changes_no_page(app: Flask, more: dict[str, str]) -> None:
    """Every page of four roles, with filters, sorted and not: the same to the letter before and after."""
    world = build(app.extensions["settings"])
    own = [
        replace(ask, query=ask.query | more)
        for letter in "QHSU"
        for ask in asks(app, world, letter, ("GET",))
        if ask.whose is Whose.OWN and letter in ask.door.who != EVERYBODY
        if ask.door.endpoint not in TELLS_OF_THE_TEST
    ]
    before = [seen(ask, send(app, world, ask)) for ask in own]
    add_foreign(world)
    for ask, was in zip(own, before, strict=True):
        now = seen(ask, send(app, world, ask))
        assert now[:2] == was[:2], str(ask)
        changed = [
            line
            for line in ndiff(
                was[2].decode(errors="replace").splitlines(), now[2].decode(errors="replace").splitlines()
            )
            if line[0] in "+-"
        ]
        assert not changed, f"{ask}: {changed}"
