"""Correcting labels from the comments page, and the comments as a file."""

from __future__ import annotations

import csv
import io
import re

import pytest
from flask import Flask
from python_calamine import CalamineWorkbook

from survey.extensions import db
from survey.models import AuditEntry, Comment
from survey.processing import recount
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of

PATH = "/results/comments"


@pytest.fixture
def place(any_app: Flask) -> Organisation:
    place = organisation()
    place.answer(0, 0, {"staff": 5, "why": "The nurse was very kind."})
    place.answer(0, 0, {"staff": 1, "why": "=1+1 護士態度很差"})
    place.answer(0, 0, {"staff": 5}, times=20)
    place.answer(2, 0, {"staff": 1, "why": "Only a secret of three"}, times=3)
    place.answer(1, 0, {"staff": 5}, times=30)
    place.answer(3, 0, {"staff": 5}, times=30)
    process()
    return place


def _button(page: str, label: str) -> str:
    found = re.search(rf'formaction="([^"]+)" name="label" value="{label}"', page)
    assert found
    return found[1]


def test_a_correction_counts_says_who_made_it_and_is_taken_back(place: Organisation, any_app: Flask) -> None:
    client = signed_in(any_app.test_client(), "head_of_unit", place.wards[0])
    page = opened(client, PATH, search="nurse")
    answer = client.post(
        _button(page, "neutral"), data={"label": "neutral", "query": "search=nurse&endpoint=x"}
    )
    assert (answer.status_code, answer.location.partition("#")[0]) == (303, f"{PATH}?search=nurse")
    page = opened(client, PATH, search="nurse")
    assert "Corrected by" in page and 'value="neutral" data-key="2" aria-pressed="true"' in page
    assert list(recount.verify()) == []
    assert len(re.findall('class="comment card', opened(client, PATH, sentiment="neutral"))) == 1
    back = client.post(_button(page, "undo"), data={"label": "undo"}, headers={"Accept": "application/json"})
    assert (back.json["label"], back.json["by"]) == ("positive", "")
    again = client.post(_button(page, "undo"), data={"label": "undo"}, headers={"Accept": "application/json"})
    assert again.json["said"]


@pytest.mark.parametrize("label", ["", "wonderful", "\x00", "NEUTRAL"])
def test_an_unknown_label_changes_nothing(place: Organisation, any_app: Flask, label: str) -> None:
    client = signed_in(any_app.test_client())
    address = _button(opened(client, PATH, search="nurse"), "neutral")
    assert client.post(address, data={"label": label}).status_code == 422
    assert set(db.session.scalars(db.select(Comment.label))) == {"positive", "negative"} | set(
        db.session.scalars(db.select(Comment.label).where(Comment.unit_id == place.wards[2].id))
    )


def test_who_may_not_correct_sees_no_buttons(place: Organisation, any_app: Flask) -> None:
    page = opened(signed_in(any_app.test_client(), "auditor"), PATH)
    assert "data-key" not in page and "explorer.js" not in page


def test_the_file_has_what_the_page_lists_and_no_more(place: Organisation, any_app: Flask) -> None:
    client = signed_in(any_app.test_client())
    answer = client.get(f"{PATH}/file", query_string=DAYS)
    _head, *rows = csv.reader(io.StringIO(answer.text[1:]))
    assert sorted(row[-1] for row in rows) == ["'=1+1 護士態度很差", "The nurse was very kind."]
    assert {row[0] for row in rows} <= {"2026-01-20", "2026-01"}
    searched = client.get(
        f"{PATH}/file", query_string=DAYS | {"search": "护士", "format": "xlsx"}, buffered=True
    )
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(searched.data)).get_sheet_by_index(0)
    assert [row[-1] for row in sheet.to_python()[1:]] == ["'=1+1 護士態度很差"]
    assert "exported" in set(db.session.scalars(db.select(AuditEntry.deed)))


def test_a_comment_in_other_characters_is_marked_and_converted(place: Organisation, any_app: Flask) -> None:
    client = signed_in(any_app.test_client())
    page = opened(client, PATH, search="护士")
    assert 'lang="zh-Hant"' in page and "Written in: Chinese" in text_of(page)
    client.post("/language", data={"locale": "zh_Hans"})
    page = opened(client, PATH, search="护士")
    assert "护士态度很差" in page and "護士" in page
