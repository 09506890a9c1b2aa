"""When a case was opened is when an anonymous customer answered: only the day is told."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask

from survey import clock, jobs
from survey.cases import service
from survey.extensions import db
from survey.models import Case
from tests import factories

AT = datetime(2026, 11, 23, 2, 17, 41, tzinfo=UTC)  # 10:17 in Shanghai
_TELLING = re.compile(r"10:17|02:17|T02:|T10:|10:47|2026-11-23 10")


def _opened(monkeypatch: pytest.MonkeyPatch, anonymous: bool) -> Case:
    monkeypatch.setattr(clock, "now", lambda: AT)
    privacy = factories.document()["privacy"] | {"anonymous": anonymous}
    link = factories.link(questionnaire=factories.published(privacy=privacy))
    factories.UserFactory(role="staff", unit=link.unit, email="ward@hospital.example", name="Ward")
    said = factories.response(link, {"staff": 1})
    reasons = [{"code": "low", "names": {"en": "Low"}}]
    case = service.open_case(link.unit_id, "attention", [said.id], reasons, clock.now())
    db.session.commit()
    jobs.escalate_cases()
    return case


def _pages(app: Flask, case: Case, monkeypatch: pytest.MonkeyPatch) -> str:
    later = datetime(2026, 11, 24, 5, 0, tzinfo=UTC)
    monkeypatch.setattr(clock, "now", lambda: later)
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory(role="quality_manager", unit=case.unit))
    shown = client.get(f"/cases/{case.public_id}").text + client.get("/cases/?view=all").text
    return re.sub(r'<span class="due.*?</span>', "", shown)  # a limit has to be told


def test_of_an_anonymous_answer_only_the_day_is_told(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    case = _opened(monkeypatch, anonymous=True)
    shown = _pages(any_app, case, monkeypatch)
    assert "Nov 23, 2026" in shown
    assert _TELLING.findall(shown) == []


def test_of_others_the_time_is_told(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    case = _opened(monkeypatch, anonymous=False)
    assert _TELLING.findall(_pages(any_app, case, monkeypatch))
