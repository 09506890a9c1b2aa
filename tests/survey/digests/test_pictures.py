"""Pictures of digests: many at once, and nobody waits for them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

import pytest
from flask import Flask

from survey import clock, jobs
from survey.digests import sending
from survey.extensions import db
from tests import factories
from tests.survey.digests.test_making import MONDAY, _answers


@pytest.fixture
def drawings(app: Flask, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many figures were drawn each time, while somebody else wrote."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    found: list[int] = []

    def draw(figures: Sequence[Any], *_given: Any) -> list[bytes]:
        other = sqlite3.connect(str(db.engine.url.database), timeout=0, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")  # raises where the database is locked
        other.execute("ROLLBACK")
        other.close()
        found.append(len(figures))
        return [b"picture" for _ in figures]

    monkeypatch.setattr(sending, "drawn", draw)
    return found


def _people(count: int) -> list[Any]:
    link = factories.link(questionnaire=factories.published())
    _answers(link, 21)
    locales = ("en", "zh_Hans", "zh_Hant")
    made = [
        factories.UserFactory(role="staff", unit_id=link.unit_id, locale=locales[n]) for n in range(count)
    ]
    db.session.commit()
    return made


def test_pictures_are_drawn_together_and_without_a_lock(drawings: list[int]) -> None:
    _people(3)
    assert jobs.make_digests() == 3
    assert drawings == [3]


def test_one_sent_at_once_is_drawn_without_a_lock(app: Flask, drawings: list[int]) -> None:
    (person,) = _people(1)
    client = app.test_client()
    factories.sign_in(client, person)
    assert client.post("/digest/send").status_code == 302
    assert drawings == [1]
