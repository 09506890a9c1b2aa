"""The pages about questionnaires."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey.design import library
from survey.design.service import save_draft
from survey.extensions import db
from survey.models import Questionnaire, Status
from tests import factories


@pytest.fixture
def designer(client: FlaskClient) -> FlaskClient:
    factories.sign_in(client, factories.UserFactory())
    return client


@pytest.fixture
def reader(client: FlaskClient) -> FlaskClient:
    factories.sign_in(client, factories.UserFactory(role="auditor"))
    return client


def _only() -> Questionnaire:
    db.session.expire_all()
    return db.session.query(Questionnaire).one()


def _send(client: FlaskClient, text: str, address: str = "/questionnaires/_new") -> TestResponse:
    return client.post(address, data={"text": text}, follow_redirects=True)


def test_strangers_and_staff_see_no_questionnaires(client: FlaskClient) -> None:
    assert client.get("/questionnaires").status_code == 302
    factories.sign_in(client, factories.UserFactory(role="staff", unit=factories.UnitFactory()))
    assert client.get("/questionnaires").status_code == 403


def test_the_list_shows_titles_and_status(reader: FlaskClient) -> None:
    factories.published()
    save_draft(library.document("rater"))
    db.session.commit()
    page = reader.get("/questionnaires").text
    assert "Small questionnaire" in page
    assert "RATER" in page
    assert "Published" in page and "Draft" in page


def test_an_empty_list_leads_to_the_library(reader: FlaskClient) -> None:
    assert "/questionnaires/_library" in reader.get("/questionnaires").text


def test_who_may_only_read_finds_no_button_and_is_refused(reader: FlaskClient) -> None:
    factories.published()
    db.session.commit()
    for page in ("/questionnaires", "/questionnaires/_library", "/questionnaires/small"):
        assert 'method="post" action="/questionnaires' not in reader.get(page).text
    assert reader.get("/questionnaires/_new").status_code == 403
    for address in ("small/retire", "small/publish", "_library/rater", "small/edit", "_new"):
        assert reader.post(f"/questionnaires/{address}").status_code == 403


def test_a_shipped_questionnaire_is_taken_and_published(designer: FlaskClient) -> None:
    assert "draft now" in designer.post("/questionnaires/_library/ward-five", follow_redirects=True).text
    page = designer.post("/questionnaires/ward-five/publish", follow_redirects=True).text
    assert "Published. New respondents get this version." in page
    version = _only().published
    assert version is not None
    assert version.published_by is not None
    assert designer.post("/questionnaires/_library/ward-five").status_code == 409
    assert designer.post("/questionnaires/_library/nothing").status_code == 404


def test_a_right_definition_is_saved_as_a_draft(designer: FlaskClient) -> None:
    page = _send(designer, json.dumps(factories.document()))
    assert "Saved as draft, version 1." in page.text
    assert _only().latest.status == Status.DRAFT


def test_a_file_is_saved_as_a_draft(designer: FlaskClient) -> None:
    data = {"file": (library.FOLDER / "nhs-fft.json").open("rb")}
    assert "Saved as draft" in designer.post("/questionnaires/_new", data=data, follow_redirects=True).text


def test_errors_are_shown_with_line_and_path_and_the_text_is_kept(designer: FlaskClient) -> None:
    text = json.dumps(factories.document(layout="sideways"), indent=1)
    page = _send(designer, text).text
    assert "<code>layout</code>" in page
    assert "sideways" in page.split("<textarea", 1)[1]
    assert db.session.query(Questionnaire).count() == 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"code": 1}', "\x00", "[" * 50_000, '{"code": "a"}'])
def test_what_is_no_definition_is_answered_with_an_error_beside_it(designer: FlaskClient, text: str) -> None:
    answer = _send(designer, text)
    assert answer.status_code == 200
    assert 'id="errors"' in answer.text


def test_a_file_that_is_no_text_is_answered_with_an_error(designer: FlaskClient) -> None:
    data = {"file": (library.FOLDER.parent.parent.parent / "static" / "icon.svg").open("rb")}
    assert 'id="errors"' in designer.post("/questionnaires/_new", data=data).text


def test_a_new_definition_cannot_take_the_code_of_another(designer: FlaskClient) -> None:
    factories.published()
    db.session.commit()
    assert "is here already" in _send(designer, json.dumps(factories.document())).text
    assert _only().draft is None


def test_editing_begins_with_the_published_version_and_makes_the_next(designer: FlaskClient) -> None:
    factories.published()
    db.session.commit()
    assert "Small questionnaire" in designer.get("/questionnaires/small/edit").text
    changed = json.dumps(factories.document(layout="by_section"))
    assert "version 2" in _send(designer, changed, "/questionnaires/small/edit").text
    assert (
        "must stay"
        in _send(designer, changed.replace('"small"', '"other"'), "/questionnaires/small/edit").text
    )


def test_missing_translations_are_listed_and_publishing_is_refused(designer: FlaskClient) -> None:
    save_draft(factories.document(thanks={"en": "Thank you"}))
    db.session.commit()
    assert "<code>thanks</code>" in designer.get("/questionnaires/small").text
    page = designer.post("/questionnaires/small/publish", follow_redirects=True).text
    assert "Translations are missing" in page
    assert _only().published is None


def test_retiring_bringing_back_and_deleting_the_draft(designer: FlaskClient) -> None:
    factories.published()
    save_draft(factories.document(layout="by_section"))
    db.session.commit()
    assert "Retired" in designer.post("/questionnaires/small/retire", follow_redirects=True).text
    assert "in use again" in designer.post("/questionnaires/small/bring-back", follow_redirects=True).text
    assert (
        "draft is deleted" in designer.post("/questionnaires/small/delete-draft", follow_redirects=True).text
    )
    again = designer.post("/questionnaires/small/delete-draft", follow_redirects=True)
    assert "There is no draft" in again.text
    assert _only().retired_at is None


def test_deleting_the_only_draft_leads_back_to_the_list(designer: FlaskClient) -> None:
    save_draft(factories.document())
    db.session.commit()
    answer = designer.post("/questionnaires/small/delete-draft")
    assert answer.headers["Location"] == "/questionnaires"


def test_what_is_not_there_is_a_404(designer: FlaskClient) -> None:
    factories.published()
    db.session.commit()
    for address in (
        "no",
        "small/versions/9.json",
        "small/versions/1/preview/de",
        "small/versions/9/phone/en",
    ):
        assert designer.get(f"/questionnaires/{address}").status_code == 404
    assert designer.post("/questionnaires/no/publish").status_code == 404


def test_a_downloaded_definition_can_be_sent_again(designer: FlaskClient) -> None:
    factories.published()
    db.session.commit()
    answer = designer.get("/questionnaires/small/versions/1.json")
    assert "small-1.json" in answer.headers["Content-Disposition"]
    assert json.loads(answer.data) == factories.document()
    assert "Saved as draft" in _send(designer, answer.text, "/questionnaires/small/edit").text


@pytest.mark.parametrize(("locale", "words"), [("en", "How was the staff?"), ("zh_Hans", "工作人员如何？")])
def test_the_preview_speaks_the_language_of_its_address(reader: FlaskClient, locale: str, words: str) -> None:
    factories.published()
    db.session.commit()
    page = reader.get(f"/questionnaires/small/versions/1/preview/{locale}?lang=en")
    assert words in page.text
    assert f'lang="{locale.replace("_", "-")}"' in page.text


def test_only_the_preview_may_stand_in_a_frame_and_only_in_one_of_ours(reader: FlaskClient) -> None:
    factories.published()
    db.session.commit()
    inside = reader.get("/questionnaires/small/versions/1/preview/en").headers["Content-Security-Policy"]
    around = reader.get("/questionnaires/small/versions/1/phone/en").headers["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in inside
    assert "frame-ancestors 'none'" in around and "frame-src 'self'" in around


@pytest.mark.parametrize("code", library.codes())
def test_every_shipped_questionnaire_can_be_looked_at(reader: FlaskClient, code: str) -> None:
    for locale in ("zh_Hans", "zh_Hant", "en"):
        page = reader.get(f"/questionnaires/_library/{code}/preview/{locale}")
        assert page.status_code == 200
        assert library.definition(code).questions[-1].wording.say(locale) in page.text
