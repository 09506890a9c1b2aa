"""Filters of the comments page, kept under a name."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from survey.extensions import db
from survey.models import SavedView, Unit, User
from survey.results import saved_views
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation

ADDRESS = "/results/comments/views"


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    return organisation()


def _client(app: Flask, person: User) -> FlaskClient:
    client = app.test_client()
    factories.sign_in(client, person)
    return client


def _manager(unit: Unit, name: str = "Manager") -> User:
    made: User = factories.UserFactory(role="quality_manager", unit=unit, name=name)
    return made


def _save(client: FlaskClient, name: str, query: str, **more: str) -> str:
    answer = client.post(ADDRESS, data={"name": name, "query": query, **more})
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_kept_selection_leads_back_to_the_same_comments(any_app: Flask, place: Organisation) -> None:
    client = _client(any_app, _manager(place.top))
    where = _save(client, " Waiting,  negative ", "topic=waiting&felt=negative&period=90d&older=x&evil=1")
    assert where == "/results/comments?topic=waiting&felt=negative&period=90d"
    page = client.get(where).text
    assert f'<a href="{where.replace("&", "&amp;")}" aria-current="true">Waiting, negative</a>' in page


def test_the_same_name_keeps_the_newer_selection(any_app: Flask, place: Organisation) -> None:
    client = _client(any_app, _manager(place.top))
    _save(client, "Mine", "topic=waiting")
    _save(client, "Mine", "topic=price")
    assert [view.filters for view in db.session.scalars(select(SavedView))] == ["topic=price"]


def test_what_is_shared_is_seen_below_and_never_above_or_beside(any_app: Flask, place: Organisation) -> None:
    above, here, beside = _manager(place.top, "Above"), _manager(place.wards[0]), _manager(place.wards[1])
    _save(_client(any_app, here), "Of the ward", "topic=price", shared="y")
    _save(_client(any_app, above), "Of the house", "topic=waiting", shared="y")
    _save(_client(any_app, above), "Own", "topic=safety")
    names = {
        person.name: [view.name for view in saved_views.views(person)] for person in (above, here, beside)
    }
    assert [view.name for view in saved_views.views(above)] == ["Of the house", "Own"], names
    assert [view.name for view in saved_views.views(here)] == ["Of the ward", "Of the house"]
    assert [view.name for view in saved_views.views(beside)] == ["Of the house"]


def test_only_who_kept_it_renames_and_removes_it(any_app: Flask, place: Organisation) -> None:
    above, here = _manager(place.top), _manager(place.wards[0])
    mine, other = _client(any_app, above), _client(any_app, here)
    _save(mine, "Kept", "topic=price", shared="y")
    other.post(f"{ADDRESS}/remove", data={"name": "Kept"})
    other.post(f"{ADDRESS}/rename", data={"was": "Kept", "name": "Taken"})
    assert "Kept" in mine.get(ADDRESS).text
    mine.post(f"{ADDRESS}/rename", data={"was": "Kept", "name": "Renamed"})
    assert "Renamed" in other.get(ADDRESS).text
    mine.post(f"{ADDRESS}/remove", data={"name": "Renamed"})
    assert db.session.scalars(select(SavedView)).all() == []


def test_without_a_name_nothing_is_lost(any_app: Flask, place: Organisation) -> None:
    answer = _client(any_app, _manager(place.top)).post(ADDRESS, data={"name": " ", "query": "topic=price"})
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text
    assert re.search(r'name="query"[^>]*value="topic=price"', unescape(answer.text))


def test_a_name_that_is_taken_is_not_given_twice(any_app: Flask, place: Organisation) -> None:
    client = _client(any_app, _manager(place.top))
    _save(client, "One", "topic=price")
    _save(client, "Two", "topic=waiting")
    answer = client.post(f"{ADDRESS}/rename", data={"was": "One", "name": "Two"}, follow_redirects=True)
    assert "You have one of this name already." in answer.text
    assert {view.name for view in db.session.scalars(select(SavedView))} == {"One", "Two"}


def test_filters_without_end_are_not_kept(any_app: Flask, place: Organisation) -> None:
    client = _client(any_app, _manager(place.top))
    answer = client.post(ADDRESS, data={"name": "Long", "query": f"search={'等' * 1500}"})
    assert answer.status_code == 422
    assert "Too many filters to keep. Please choose fewer." in answer.text
