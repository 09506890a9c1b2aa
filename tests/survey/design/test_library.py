"""The questionnaires that ship: complete, publishable, and with the codes that imports rely on."""

from __future__ import annotations

import pytest
from flask import Flask

from survey.design import library
from survey.design.reading import check, missing_translations, read_document
from survey.design.service import publish, save_draft
from survey.errors import Missing
from survey.locales import LOCALES

SHIPPED = {
    "ward-five", "nhs-fft", "power-hall", "telecom-business", "bank-counter", "home-service", "rater", "rater-gap",
}  # fmt: skip


def test_the_named_questionnaires_ship() -> None:
    assert set(library.codes()) == SHIPPED


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_shipped_questionnaire_is_complete_in_every_language(code: str) -> None:
    definition = check(read_document(library.source(code)))
    assert definition.code == code
    assert set(definition.languages) == set(LOCALES)
    assert missing_translations(definition) == []


@pytest.mark.parametrize("code", sorted(SHIPPED))
def test_a_shipped_questionnaire_can_be_published(app: Flask, code: str) -> None:
    version = save_draft(library.document(code))
    publish(version)
    assert version.questionnaire.published is version


def test_a_questionnaire_that_does_not_ship_is_missing() -> None:
    for code in ("no-such", "../library", ""):
        with pytest.raises(Missing):
            library.document(code)


def test_friends_and_family_counts_very_good_and_good_as_satisfied() -> None:
    definition = check(library.document("nhs-fft"))
    scale = definition.by_code["fft"].scale()
    assert scale is not None
    assert scale.satisfied == {"4", "5"}
    assert definition.by_code["fft"].not_applicable
    purposes = {q.code: q.model_dump()["purpose"] for q in definition.questions if q.type == "comment"}
    assert purposes == {"why": "why", "good": "good", "improve": "improve", "describe": "open"}
    assert all(question.show_if is None for question in definition.questions)


def test_the_ward_survey_has_five_items_of_three_levels() -> None:
    definition = check(library.document("ward-five"))
    items = [question for question in definition.questions if question.type == "rating"]
    assert [question.wording.say("zh_Hans")[:4] for question in items[:1]] == ["就诊环境"]
    assert len(items) == 5
    for question in items:
        labels = [label.say("zh_Hans") for label in question.value_labels().values()]
        assert labels == ["不满意", "较为满意", "非常满意"]


def test_rater_has_its_items_in_five_dimensions() -> None:
    definition = check(library.document("rater"))
    by_dimension = [track.dimension for track in definition.tracks.values() if track.dimension]
    assert len(by_dimension) == 22
    assert set(by_dimension) == {"reliability", "assurance", "tangibles", "empathy", "responsiveness"}


def test_the_home_service_survey_asks_the_age_that_units_are_compared_by() -> None:
    tracks = check(library.document("home-service")).tracks
    assert [code for code, track in tracks.items() if track.tells == "age_group"] == ["years"]
