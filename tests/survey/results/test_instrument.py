"""Quality of the questionnaire: silent unless something is wrong, version beside version."""

from __future__ import annotations

import csv
import io
import random
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis.statistics.internal_consistency import cronbach_alpha
from analysis.statistics.sums import Sums
from survey.figures import editions
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of
from tests.survey.results.scales import Answers, answered, document, driven, rating

PATH = "/results/instrument"
ITEMS = ("room", "staff", "speed")
SPRING = {"from": "2026-01-01", "to": "2026-04-30"}


def table(client: FlaskClient, code: str, **arguments: Any) -> list[list[str]]:
    answer = client.get(f"{PATH}/{code}.csv", query_string=DAYS | arguments)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.text[1:])))[1:]


def page(client: FlaskClient, **arguments: Any) -> str:
    return text_of(opened(client, PATH, **arguments))


def items(n: int, seed: int = 1) -> list[Answers]:
    return [{code: row[code] for code in ITEMS} for row in driven(n, seed=seed)]


def asked(rows: list[Answers], *codes: str) -> Organisation:
    place = organisation(**document(*(rating(code) for code in codes or ITEMS)))
    answered(place, rows)
    process()
    return place


def test_nothing_is_said_where_nothing_is_wrong(app: Flask, client: FlaskClient) -> None:
    asked([dict.fromkeys(ITEMS, row["overall"]) | {"speed": row["speed"]} for row in driven(200)])
    read = page(signed_in(client))
    assert "hardly goes with the others" not in read
    assert "too little to be added up" not in read


def test_alpha_is_that_of_the_responses_themselves(app: Flask, client: FlaskClient) -> None:
    rows = items(120)
    asked(rows)
    expected = cronbach_alpha(Sums.of([[row[code] for code in ITEMS] for row in rows]))
    whole = table(signed_in(client), "reliability")[0]
    assert [float(cell) for cell in whole[4:8]] == pytest.approx(
        [120, expected.alpha, expected.low, expected.high], abs=1e-3
    )
    first = table(client, "questions-1")[0]
    assert float(first[1]) == pytest.approx(expected.item_rest_r[0], abs=1e-3)


def test_a_question_that_goes_with_no_other_is_named(app: Flask, client: FlaskClient) -> None:
    chance = random.Random(3)  # noqa: S311
    codes = (*ITEMS, "weather")
    rows = [dict.fromkeys(ITEMS, row["overall"]) | {"weather": chance.randint(1, 5)} for row in driven(200)]
    asked(rows, *codes)
    read = page(signed_in(client))
    assert "“How was the weather?” hardly goes with the others" in read
    assert "“How was the room?” hardly" not in read


def test_piled_up_and_missing_answers_are_told_with_their_share(app: Flask, client: FlaskClient) -> None:
    rows = [
        row | {"room": 5 if n % 20 else 4, "staff": "na" if n % 2 else 3} for n, row in enumerate(items(200))
    ]
    for row in rows[:80]:
        del row["speed"]
    asked(rows)
    read = page(signed_in(client))
    assert "“How was the room?”: 95% give the best answer" in read
    assert "“How was the staff?” does not apply to 50% of those asked" in read
    assert "“How was the speed?” is left out by 40% of those asked" in read
    first = table(client, "questions-1")[0]
    assert first[5:7] == ["200", "95.0"]


def test_a_question_that_all_answer_alike_is_told(app: Flask, client: FlaskClient) -> None:
    asked([row | {"room": 5} for row in items(100)])
    read = page(signed_in(client))
    assert "“How was the room?” got the same answer from everybody" in read
    assert table(client, "questions-1")[0][1] == ""


def test_one_question_has_no_alpha(app: Flask, client: FlaskClient) -> None:
    asked([{"room": 1 + n % 5} for n in range(50)], "room")
    assert "needs two questions on one scale" in page(signed_in(client))


def test_channels_are_not_told_apart(app: Flask, client: FlaskClient) -> None:
    asked(items(100))
    assert "take these filters away" in page(signed_in(client), channel="web")


def publish_second() -> None:
    factories.published(**document(*(rating(code) for code in (*ITEMS, "price"))))


def second_version(place: Organisation, rows: list[Answers], month: int) -> None:
    answered(place, [row | {"price": row["room"]} for row in rows], submitted_on=date(2026, month, 10))
    process()


def test_versions_stand_side_by_side(app: Flask, client: FlaskClient) -> None:
    place = asked(items(100))
    publish_second()
    second_version(place, items(90, seed=2), 3)
    signed_in(client)
    rows = table(client, "reliability", **SPRING)
    assert [(row[1], row[3], row[4]) for row in rows] == [("2", "4", "90"), ("1", "3", "100")]
    assert len(table(client, "questions-1", **SPRING)) == 3
    assert len(table(client, "questions-2", **SPRING)) == 4


def test_a_month_of_two_versions_belongs_to_neither(app: Flask, client: FlaskClient) -> None:
    """What few answered in the old one would follow from what all answered and the new one."""
    place = asked(items(100))
    publish_second()
    second_version(place, items(30, seed=2), 1)
    second_version(place, items(80, seed=3), 3)
    signed_in(client)
    rows = table(client, "reliability", **SPRING)
    assert [(row[1], row[4]) for row in rows] == [("2", "80")]
    assert "version 1" in page(client, **SPRING)
    assert client.get(f"{PATH}/reliability.csv", query_string=DAYS).status_code == 404


def test_editions_are_runs_of_months_of_one_version(any_app: Flask) -> None:
    place = organisation(**document(*(rating(code) for code in ITEMS)))
    answered(place, items(10))
    for month, ward in ((2, 0), (2, 1), (3, 2)):
        answered(place, items(10), ward=ward, submitted_on=date(2026, month, 5))
    process()
    publish_second()
    second_version(place, items(10), 3)
    second_version(place, items(10), 4)
    found = editions(
        None, place.questionnaire, place.filters(first_on=date(2026, 1, 1), last_on=date(2026, 4, 30))
    )
    days = [
        (one.version.number, one.filters and (one.filters.first_on, one.filters.last_on)) for one in found
    ]
    assert days == [
        (2, (date(2026, 4, 1), date(2026, 4, 30))),
        (1, (date(2026, 1, 1), date(2026, 2, 28))),
    ]


def test_a_period_that_nobody_answered_in_says_so(app: Flask, client: FlaskClient) -> None:
    asked(items(100))
    read = page(signed_in(client), **{"from": "2025-01-01", "to": "2025-02-28"})
    assert "No responses in this selection" in read


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_the_page_opens_in_each_language(app: Flask, client: FlaskClient, locale: str) -> None:
    asked([row | {"room": 5} for row in items(100)])
    said = {"en": "got the same answer", "zh_Hans": "回答都相同", "zh_Hant": "回答都相同"}
    assert said[locale] in page(signed_in(client), lang=locale)
