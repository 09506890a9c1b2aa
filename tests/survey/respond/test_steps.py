"""Questions that depend on answers, and questionnaires of several pages, for a browser without JavaScript."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient

from tests import factories
from tests.survey.respond.visiting import Respondent, at, stored


def _text(words: str) -> dict[str, str]:
    return {"en": words}


def _rating(code: str, **given: Any) -> dict[str, Any]:
    points = [{"value": value} for value in (1, 2, 3)]
    return {"type": "rating", "code": code, "wording": _text(f"Rate {code}"), "points": points} | given


def _comment(code: str, **given: Any) -> dict[str, Any]:
    return {"type": "comment", "code": code, "wording": _text(f"Say {code}")} | given


def _questionnaire(*sections: list[dict[str, Any]], **given: Any) -> Any:
    return factories.published(
        languages=["en"],
        title=_text("Steps"),
        privacy={"notice": _text("Kept.")} | given.pop("privacy", {}),
        sections=[{"code": f"s{i}", "questions": questions} for i, questions in enumerate(sections)],
        **given,
    )


LOW = {"question": "care", "op": "at_most", "value": 1}


def _one_page(client: FlaskClient, **given: Any) -> Respondent:
    made = _questionnaire(
        [_rating("care", required=True), _comment("why", show_if=LOW, required=True, **given)]
    )
    return at(factories.link(questionnaire=made), client).open()


def test_a_question_that_an_answer_brings_up_is_shown_before_anything_is_stored(client: FlaskClient) -> None:
    respondent = _one_page(client)
    assert respondent.questions == ["care"]
    respondent.send(care="1")
    assert respondent.page.status_code == 200
    assert respondent.questions == ["care", "why"]
    assert "Please answer" not in respondent.page.text
    assert stored() == []
    assert respondent.send().status_code == 422
    assert respondent.send(why="Cold").status_code == 303
    assert [response.answers for response in stored()] == [{"care": 1, "why": "Cold"}]


def test_a_good_answer_needs_one_step(client: FlaskClient) -> None:
    assert _one_page(client).send(care="3").status_code == 303


def test_an_answer_to_a_question_that_is_no_longer_asked_is_dropped(client: FlaskClient) -> None:
    respondent = _one_page(client)
    respondent.send(care="1")
    respondent.send(care="3", why="Cold")
    assert [response.answers for response in stored()] == [{"care": 3}]


def _by_section(client: FlaskClient, **given: Any) -> Respondent:
    made = _questionnaire(
        [_rating("care", required=True)],
        [_comment("why", show_if=LOW)],
        [_rating("food"), _rating("room", required=True)],
        layout="by_section",
        **given,
    )
    return at(factories.link(questionnaire=made), client).open()


def test_sections_come_one_by_one_and_all_answers_arrive(client: FlaskClient) -> None:
    respondent = _by_section(client)
    assert respondent.questions == ["care"]
    assert "Step 1 of 2" in respondent.page.text
    respondent.send("next", care="1")
    assert respondent.questions == ["why"]
    assert "Step 2 of 3" in respondent.page.text
    respondent.send("next", why="Cold")
    assert respondent.questions == ["food", "room"]
    assert respondent.send(room="2").status_code == 303
    assert [response.answers for response in stored()] == [{"care": 1, "why": "Cold", "room": 2}]


def test_a_section_without_questions_to_ask_is_passed_over(client: FlaskClient) -> None:
    respondent = _by_section(client)
    respondent.send("next", care="3")
    assert respondent.questions == ["food", "room"]


def test_back_keeps_what_was_typed_on_both_pages(client: FlaskClient) -> None:
    respondent = _by_section(client)
    respondent.send("next", care="3")
    respondent.send("back", food="2")
    assert respondent.questions == ["care"]
    respondent.send("next")
    assert respondent.fields.sent["food"] == "2"


def test_a_page_with_an_error_is_not_left(client: FlaskClient) -> None:
    respondent = _by_section(client)
    assert respondent.send("next").status_code == 422
    assert respondent.questions == ["care"]
    assert 'href="#q-care"' in respondent.page.text


def test_what_was_carried_is_judged_again_at_the_end(client: FlaskClient) -> None:
    respondent = _by_section(client)
    respondent.send("next", care="3")
    assert respondent.send(care="77", room="2").status_code == 422
    assert respondent.questions == ["care"]
    assert stored() == []


def test_the_last_page_cannot_be_jumped_to(client: FlaskClient) -> None:
    respondent = _by_section(client)
    assert respondent.send("send", care="3").status_code == 200
    assert respondent.questions == ["food", "room"]
    assert stored() == []


def test_consent_is_asked_on_the_last_page_and_stored(client: FlaskClient) -> None:
    respondent = _by_section(client, privacy={"consent": _text("I agree.")})
    assert "_consent" not in respondent.page.text
    respondent.send("next", care="3")
    assert respondent.send(room="2").status_code == 422
    assert "Please tick this box" in respondent.page.text
    respondent.send("back", _consent="yes")
    respondent.send("next")
    assert respondent.send().status_code == 303
    assert [response.consented for response in stored()] == [True]


def test_without_a_consent_text_nobody_is_said_to_have_consented(client: FlaskClient) -> None:
    _one_page(client).send(care="3")
    assert [response.consented for response in stored()] == [None]
