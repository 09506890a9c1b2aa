"""The pages on which links are kept."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.distribute import qr
from survey.extensions import db
from survey.models import Link
from tests import factories
from tests.survey.audit.chains import told


@pytest.fixture
def manager(app: Flask, client: FlaskClient) -> FlaskClient:
    return _manager(client)


@pytest.fixture
def any_manager(any_app: Flask) -> FlaskClient:
    return _manager(any_app.test_client())


def _manager(client: FlaskClient) -> FlaskClient:
    """Signed in for the unit `ward`, inside `house`."""
    house = factories.UnitFactory(code="house")
    ward = factories.UnitFactory(code="ward", parent=house)
    factories.UnitFactory(code="foreign")
    factories.ServiceTypeFactory(code="stay")
    factories.published()
    factories.sign_in(client, factories.UserFactory(role="quality_manager", unit=ward))
    return client


def chosen(**given: str) -> dict[str, str]:
    return {"unit": "ward", "service_type": "stay", "channel": "qr", "locale": ""} | given


def made(**given: object) -> Link:
    ward = db.session.query(factories.UnitFactory._meta.model).filter_by(code="ward").one()
    questionnaire = db.session.query(factories.Questionnaire).one()
    link: Link = factories.LinkFactory(**({"unit": ward, "questionnaire": questionnaire} | given))
    db.session.commit()
    return link


def test_a_link_is_made_with_its_window_in_the_organisations_time(manager: FlaskClient) -> None:
    times = {"opens_at": "2030-05-04T09:00", "closes_at": "2030-06-01T18:30", "label": " By\tthe lift "}
    answer = manager.post("/links/new?questionnaire=small", data=chosen(locale="en", **times))
    link = db.session.query(Link).one()
    assert (answer.status_code, answer.location) == (303, f"/links/{link.id}")
    assert (link.unit.code, link.service_type.code, link.locale) == ("ward", "stay", "en")
    assert link.label == "By the lift"
    assert link.opens_at == datetime(2030, 5, 4, 1, 0, tzinfo=UTC)
    assert link.closes_at == datetime(2030, 6, 1, 10, 30, tzinfo=UTC)
    assert 'value="2030-05-04T09:00"' in manager.get(f"/links/{link.id}/edit").text


NEW = "/links/new?questionnaire=small"


def _form_key(client: FlaskClient) -> str:
    found = re.search(r'name="form_key"[^>]*value="([^"]+)"', client.get(NEW).text)
    assert found
    return found[1]


def test_the_same_form_sent_again_after_a_lost_answer_makes_one_link(any_manager: FlaskClient) -> None:
    sent = chosen(form_key=_form_key(any_manager), label="Lift", closes_at="2030-06-01T18:30")
    answers = [any_manager.post(NEW, data=sent) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert db.session.query(Link).count() == 1
    assert told().count(("created", "link")) == 1


def test_the_same_form_sent_eight_times_at_once_makes_one_link(any_manager: FlaskClient) -> None:
    sent = chosen(form_key=_form_key(any_manager))
    cookie = any_manager.get_cookie("session")
    assert cookie is not None
    db.session.rollback()

    def send(_time: int) -> str | None:
        client = any_manager.application.test_client()
        client.set_cookie("session", cookie.value)
        return client.post(NEW, data=sent).location

    with ThreadPoolExecutor(8) as pool:
        shown = set(pool.map(send, range(8)))
    link = db.session.query(Link).one()
    assert shown == {f"/links/{link.id}"}


def test_another_form_or_another_choice_makes_another_link(manager: FlaskClient) -> None:
    key = _form_key(manager)
    for given in ({"form_key": key}, {"form_key": key, "channel": "kiosk"}, {"form_key": _form_key(manager)}):
        assert manager.post(NEW, data=chosen(**given)).status_code == 303
    assert db.session.query(Link).count() == 3
    assert len({link.code for link in db.session.query(Link)}) == 3


def test_a_form_with_its_mistake_mended_keeps_its_key(manager: FlaskClient) -> None:
    key = _form_key(manager)
    page = manager.post(NEW, data=chosen(form_key=key, unit="")).text
    assert f'value="{key}"' in page


def test_only_published_questionnaires_are_offered(manager: FlaskClient) -> None:
    factories.save_draft(factories.document(code="only-a-draft"))
    db.session.commit()
    page = manager.get("/links/new").text
    assert "questionnaire=small" in page
    assert "only-a-draft" not in page
    assert manager.get("/links/new?questionnaire=only-a-draft").status_code == 404


def test_wrong_input_is_blamed_beside_the_field_and_kept(manager: FlaskClient) -> None:
    given = chosen(unit="", opens_at="04/05/2030 9 o'clock", label="Kept")
    answer = manager.post("/links/new?questionnaire=small", data=given)
    assert answer.status_code == 422
    assert "Please choose one." in answer.text
    assert "This is not a date and time" in answer.text
    assert 'value="Kept"' in answer.text
    window = {"opens_at": "2030-05-04T09:00", "closes_at": "2030-05-04T09:00"}
    answer = manager.post("/links/new?questionnaire=small", data=chosen(**window))
    assert answer.status_code == 422
    assert "The end must be after the start." in answer.text
    assert db.session.query(Link).count() == 0


@pytest.mark.parametrize("unit", ["foreign", "house", "nowhere"])
def test_a_unit_of_others_does_not_exist(manager: FlaskClient, unit: str) -> None:
    assert manager.post("/links/new?questionnaire=small", data=chosen(unit=unit)).status_code == 404
    assert manager.get(f"/links?unit={unit}").status_code == 404


@pytest.mark.parametrize("page", ["", "/edit", "/close", "/qr.svg", "/poster"])
def test_a_link_of_others_does_not_exist(manager: FlaskClient, page: str) -> None:
    link = factories.LinkFactory(questionnaire=db.session.query(factories.Questionnaire).one())
    db.session.commit()
    assert manager.get(f"/links/{link.id}{page}").status_code == 404
    assert manager.get(f"/links/99999999999999999999{page}").status_code == 404


def test_staff_and_strangers_may_not(app: Flask) -> None:
    assert app.test_client().get("/links").status_code == 302
    client = app.test_client()
    factories.sign_in(client, factories.UserFactory(role="staff", unit=factories.UnitFactory()))
    assert client.get("/links").status_code == 403


def test_addresses_come_from_the_setting_whatever_the_host_header_says(manager: FlaskClient) -> None:
    link = made(channel="kiosk")
    cookie = manager.get_cookie("session")
    assert cookie is not None
    manager.set_cookie("session", cookie.value, domain="evil.example")
    claims = {"Host": "evil.example"}
    page = manager.get(f"/links/{link.id}", headers=claims).text
    assert f"http://localhost:8000/s/{link.code}" in page
    assert f"http://localhost:8000/k/{link.code}" in page
    assert "evil.example" not in page
    picture = manager.get(f"/links/{link.id}/qr.svg", headers=claims).data
    assert picture == qr.svg(f"http://localhost:8000/s/{link.code}")


def test_the_kiosk_address_is_for_kiosks(manager: FlaskClient) -> None:
    assert "/k/" not in manager.get(f"/links/{made().id}").text


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("png", b"\x89PNG")])
def test_qr_codes_are_downloaded_under_a_telling_name(manager: FlaskClient, kind: str, start: bytes) -> None:
    link = made()
    answer = manager.get(f"/links/{link.id}/qr.{kind}?download=1")
    assert answer.data.startswith(start)
    assert answer.headers["Content-Disposition"] == f"attachment; filename=qr-ward-{link.code}.{kind}"
    assert manager.get(f"/links/{link.id}/qr.exe").status_code == 404


def test_a_link_is_paused_resumed_and_closed_for_good(manager: FlaskClient) -> None:
    link = made()
    for act, badge in (("pause", "Paused"), ("resume", "Open"), ("close", "Closed")):
        answer = manager.post(f"/links/{link.id}/{act}", follow_redirects=True)
        assert f'">{badge}</span>' in answer.text
    assert manager.post(f"/links/{link.id}/resume").status_code == 409
    assert manager.post(f"/links/{link.id}/edit", data={"label": "x"}).status_code == 409


def test_closing_asks_first(manager: FlaskClient) -> None:
    link = made()
    assert "for good" in manager.get(f"/links/{link.id}/close").text
    db.session.refresh(link)
    assert link.closed_at is None


def test_the_list_is_filtered_by_state(manager: FlaskClient) -> None:
    made(label="In use")
    made(label="At rest", paused_at=datetime(2026, 1, 1, tzinfo=UTC))
    page = manager.get("/links?state=paused&questionnaire=small&unit=ward").text
    assert "At rest" in page
    assert "In use" not in page
    assert "No link fits" in manager.get("/links?questionnaire=none").text


def test_a_poster_speaks_the_links_language_or_all_of_the_questionnaires(manager: FlaskClient) -> None:
    one, all_of_them = made(locale="en"), made()
    page = manager.get(f"/links/{one.id}/poster").text
    assert "Small questionnaire" in page
    assert "小问卷" not in page
    assert f">localhost:8000/s/{one.code}<" in page
    page = manager.get(f"/links/{all_of_them.id}/poster").text
    assert '<h1 lang="en">Small questionnaire' in page
    assert '<h1 lang="zh-Hans">小问卷' in page
