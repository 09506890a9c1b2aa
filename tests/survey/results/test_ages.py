"""Units at one mix of ages, where a question tells the age group."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update

from survey.extensions import db
from survey.models import ANY_SERVICE, JointTally
from survey.results.cards.fairly import ages
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of

PAGE = "/results/units"
TEXT = {"en": "Text", "zh_Hans": "文字"}
AGE = {
    "type": "choice",
    "code": "years",
    "wording": {"en": "How old are you?", "zh_Hans": "您的年龄？"},
    "tells": "age_group",
    "options": [{"code": code, "label": TEXT} for code in ("under_40", "over_40")],
}
STAFF = {"type": "rating", "code": "staff", "wording": TEXT, "points": [{"value": n} for n in range(1, 6)]}
SHARES = {"under_40": 0.5, "over_40": 0.9}  # satisfied, in every ward


def asking(*questions: dict[str, Any]) -> Organisation:
    return organisation(sections=[{"code": "all", "questions": list(questions)}])


def answered(place: Organisation, ward: int, age: str | None, many: int, **given: Any) -> None:
    good = round(many * SHARES.get(age or "", 0.7))
    told = {"years": age} if age else {}
    place.answer(ward, 0, {"staff": 5} | told, times=good, **given)
    place.answer(ward, 0, {"staff": 2} | told, times=many - good, **given)


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Wards differ by the ages of their people alone."""
    place = asking(STAFF, AGE)
    for ward, young in enumerate([80, 60, 40, 20]):
        answered(place, ward, "under_40", young)
        answered(place, ward, "over_40", 100 - young)
    process()
    return place


def table(client: FlaskClient, code: str = "ages", **arguments: Any) -> dict[str, list[str]]:
    answer = client.get(f"{PAGE}/{code}.csv", query_string=DAYS | arguments)
    assert answer.status_code == 200
    head, *rows = csv.reader(io.StringIO(answer.text[1:]))
    return {row[0]: row[1:] for row in rows} | {"": head}


def test_wards_that_differ_by_age_alone_are_alike_at_the_same_mix(
    place: Organisation, client: FlaskClient
) -> None:
    page = text_of(opened(signed_in(client), PAGE))
    assert "Compared at the same mix of ages" in page
    assert "As if each unit had the mix of the whole (age group)." in page
    assert "Whole months are counted here" not in page
    rows = table(client)
    assert [rows[f"Unit ward-{n}"][0] for n in range(4)] == ["58.0", "66.0", "74.0", "82.0"]
    assert {rows[f"Unit ward-{n}"][1] for n in range(4)} == {"70.0"}
    assert {rows[f"Unit ward-{n}"][5] for n in range(4)} == {"2"}


def test_who_did_not_tell_the_age_is_a_group_of_its_own(place: Organisation, client: FlaskClient) -> None:
    for ward in range(4):
        answered(place, ward, None, 20)
    process()
    rows = table(signed_in(client))
    assert {rows[f"Unit ward-{n}"][4] for n in range(4)} == {"120"}
    assert {rows[f"Unit ward-{n}"][5] for n in range(4)} == {"3"}


def test_service_types_are_told_apart_with_ages(place: Organisation, client: FlaskClient) -> None:
    for ward in range(4):
        place.answer(ward, 1, {"staff": 2, "years": "over_40"}, times=20 + 10 * ward)
    process()
    assert "(service type, age group)" in text_of(opened(signed_in(client), PAGE))
    assert len({table(client)[f"Unit ward-{n}"][1] for n in range(4)}) == 1


def test_where_that_would_be_too_much_to_read_ages_are_used_alone(
    place: Organisation, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ward in range(4):
        place.answer(ward, 1, {"staff": 2, "years": "over_40"}, times=20)
    process()
    monkeypatch.setattr(ages, "MOST_CELLS", 7)
    page = text_of(opened(signed_in(client), PAGE))
    assert "(age group)" in page and "(service type, age group)" not in page
    assert table(client)["Unit ward-0"][4] == "120"


def test_groups_below_the_threshold_are_joined_with_their_neighbours(app: Flask, client: FlaskClient) -> None:
    place = asking(STAFF, AGE)
    for ward in range(4):
        answered(place, ward, "under_40", 4 if ward == 0 else 40)
        answered(place, ward, "over_40", 60)
    process()
    rows = table(signed_in(client))
    assert (rows["Unit ward-0"][5], rows["Unit ward-1"][5]) == ("1", "2")
    assert rows["Unit ward-0"][0] == rows["Unit ward-0"][1]


def test_a_unit_that_is_hidden_takes_no_part(app: Flask, client: FlaskClient) -> None:
    place = asking(STAFF, AGE)
    for ward, many in enumerate([40, 40, 40, 4]):
        answered(place, ward, "over_40", many)
        answered(place, ward, "under_40", many)
    process()
    rows = table(signed_in(client))
    assert "Unit ward-3" not in rows and "Unit ward-0" in rows


def test_whole_months_are_counted_and_the_page_says_so(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PAGE, **{"from": "2026-01-15", "to": "2026-01-25"}))
    assert "Whole months are counted here" in page


def test_with_a_channel_chosen_the_card_says_what_to_do(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PAGE, channel="web"))
    assert "Choose all channels and languages" in page


def test_only_the_chosen_months_count(place: Organisation, client: FlaskClient) -> None:
    for ward in range(4):
        answered(place, ward, "over_40", 40, submitted_on=date(2025, 11, 20))
    process()
    assert table(signed_in(client))["Unit ward-0"][4] == "100"
    assert table(client, **{"from": "2025-11-01"})["Unit ward-0"][4] == "140"


def test_a_questionnaire_without_such_a_question_has_no_such_card(app: Flask, client: FlaskClient) -> None:
    place = asking(STAFF, {key: value for key, value in AGE.items() if key != "tells"})
    for ward in range(4):
        answered(place, ward, "over_40", 40)
    process()
    assert 'id="ages"' not in opened(signed_in(client), PAGE)


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_the_card_is_there_in_each_language(place: Organisation, client: FlaskClient, locale: str) -> None:
    title = {"zh_Hans": "按相同的年龄构成比较", "zh_Hant": "按相同的年齡構成比較"}[locale]
    assert title in opened(signed_in(client), PAGE, lang=locale)


def test_a_recount_finds_pairs_with_ages_that_were_changed(place: Organisation, app: Flask) -> None:
    assert app.test_cli_runner().invoke(args=["tallies", "verify"]).exit_code == 0
    db.session.execute(
        update(JointTally)
        .where(JointTally.service_type_id == ANY_SERVICE)
        .values(responses=JointTally.responses + 1)
    )
    db.session.commit()
    assert app.test_cli_runner().invoke(args=["tallies", "verify"]).exit_code != 0
