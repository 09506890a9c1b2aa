"""Making, pausing and closing open links."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask

from survey import clock
from survey.distribute import service
from survey.distribute.service import ALPHABET, Binding, Window, make_link
from survey.errors import Conflict, DomainError, Invalid
from survey.extensions import db
from survey.models import Channel, LinkState, state_of
from tests import factories

HOUR = timedelta(hours=1)


def binding(**given: Any) -> Binding:
    values = {
        "questionnaire": given.pop("questionnaire", None) or factories.published(),
        "unit": factories.UnitFactory(),
        "service_type": factories.ServiceTypeFactory(),
        "channel": Channel.QR,
    }
    return Binding(**(values | given))


def test_a_new_link_is_open_under_a_short_unmistakable_code(any_app: Flask) -> None:
    link = make_link(binding(), Window(), "By the lift")
    assert state_of(link, clock.now()) == LinkState.OPEN
    assert len(link.code) == 8
    assert set(link.code) <= set(ALPHABET)
    assert not set("01loi") & set(ALPHABET)


def test_a_code_that_is_taken_is_drawn_again(any_app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    bound = binding()
    codes = iter(["same2345", "same2345", "next2345"])
    monkeypatch.setattr(service, "random_code", lambda: next(codes))
    assert make_link(bound, Window()).code == "same2345"
    assert make_link(bound, Window()).code == "next2345"
    db.session.commit()


def test_a_link_needs_a_published_questionnaire(app: Flask) -> None:
    bound = binding()
    bound.questionnaire.retired_at = clock.now()
    with pytest.raises(Invalid) as caught:
        make_link(bound, Window())
    assert caught.value.field == "questionnaire"


def test_a_language_that_the_questionnaire_lacks_is_neither_offered_nor_taken(app: Flask) -> None:
    bound = binding(questionnaire=factories.published(languages=["en"]), locale="zh_Hans")
    assert service.offered_languages(bound.questionnaire) == ("en",)
    with pytest.raises(Invalid) as caught:
        make_link(bound, Window())
    assert caught.value.field == "locale"


@pytest.mark.parametrize("place", ["unit", "service_type"])
def test_nothing_new_is_bound_to_what_is_closed(app: Flask, place: str) -> None:
    bound = binding()
    getattr(bound, place).closed_at = clock.now()
    with pytest.raises(Invalid) as caught:
        make_link(bound, Window())
    assert caught.value.field == place


def test_the_end_comes_after_the_start_and_has_not_passed(app: Flask) -> None:
    now = clock.now()
    bound = binding()
    for window in (Window(now + HOUR, now + HOUR), Window(None, now - HOUR)):
        with pytest.raises(Invalid) as caught:
            make_link(bound, window)
        assert caught.value.field == "closes_at"


def test_a_paused_link_goes_on_when_resumed(app: Flask) -> None:
    link = factories.link()
    service.pause(link)
    assert state_of(link, clock.now()) == LinkState.PAUSED
    service.resume(link)
    assert state_of(link, clock.now()) == LinkState.OPEN


def test_closing_is_final(app: Flask) -> None:
    link = factories.link()
    service.close(link)
    first = link.closed_at
    service.close(link)
    assert link.closed_at == first
    for act in (service.pause, service.resume, lambda again: service.change(again, "", Window())):
        with pytest.raises(DomainError) as caught:
            act(link)
        assert isinstance(caught.value, Conflict)
