"""What matters most, as a manager reads it."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from analysis.statistics.drivers import key_drivers
from analysis.statistics.sums import Sums
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of
from tests.survey.results.scales import NPS, Answers, answered, choice, document, driven, rating

PATH = "/results/matters"
ITEMS = ("room", "staff", "speed")
QUESTIONS = [*(rating(code) for code in ITEMS), rating("overall"), NPS]


def table(client: FlaskClient, code: str, **arguments: Any) -> dict[str, list[str]]:
    answer = client.get(f"{PATH}/{code}.csv", query_string=DAYS | arguments)
    assert answer.status_code == 200
    return {row[0]: row[1:] for row in csv.reader(io.StringIO(answer.text[1:]))}


def page(client: FlaskClient, **arguments: Any) -> str:
    return text_of(opened(client, PATH, **arguments))


def asked(rows: list[Answers], *questions: dict[str, Any]) -> Organisation:
    place = organisation(**document(*(questions or QUESTIONS)))
    answered(place, rows)
    process()
    return place


def test_the_driver_that_matters_most_and_is_done_worst_is_named(app: Flask, client: FlaskClient) -> None:
    asked(driven(200))
    read = page(signed_in(client))
    assert "What matters most: “How was the speed?”" in read
    assert "Matters most, done worst: “How was the speed?”" in read
    assert "What goes together need not be cause and effect" in read
    rows = table(client, "priorities")
    assert rows["3 How was the speed?"][-2:] == ["improve first", "likely real"]


def test_the_shares_are_those_of_the_responses_themselves(app: Flask, client: FlaskClient) -> None:
    rows = driven(200)
    asked(rows)
    signed_in(client)
    codes = (*ITEMS, "recommend")
    expected = key_drivers(Sums.of([[row[code] for code in codes] for row in rows])).pct
    found = table(client, "drivers")
    for code, share in zip(ITEMS, expected, strict=True):
        told = found[f"How was the {code}?"]
        assert float(told[0]) == pytest.approx(share, abs=1e-3)
        assert float(told[1]) < float(told[0]) < float(told[2])
        assert told[3] == "200"


def test_another_outcome_is_chosen_in_the_address(app: Flask, client: FlaskClient) -> None:
    asked(driven(200))
    signed_in(client)
    assert '<option selected value="recommend">' in opened(client, PATH)
    read = opened(client, PATH, outcome="overall")
    assert '<option selected value="overall">' in read
    assert "the differences in “How was the overall?”" in text_of(read)
    assert "outcome=overall" in read  # in the addresses of the files and tabs
    assert "the differences in “Would you recommend us?”" in page(client, outcome="nothing")


def test_recommendation_and_overall_are_no_drivers_of_each_other(app: Flask, client: FlaskClient) -> None:
    asked(driven(200))
    signed_in(client)
    assert "How was the overall?" not in table(client, "drivers")
    assert "How was the overall?" not in table(client, "drivers", outcome="staff")


def test_too_few_complete_answers_are_told_with_what_is_needed(app: Flask, client: FlaskClient) -> None:
    asked(driven(60))
    read = page(signed_in(client))
    assert "60 persons answered every scale; for 3 questions at least 80 are needed" in read
    assert client.get(f"{PATH}/drivers.csv", query_string=DAYS).status_code == 404


def test_pairs_are_shown_where_nobody_answered_everything(app: Flask, client: FlaskClient) -> None:
    asked([row | {ITEMS[n % 3]: "na"} for n, row in enumerate(driven(150))])
    read = page(signed_in(client))
    assert "Too few persons answered every scale" in read
    assert "done worst: “How was the speed?”" in read


def test_an_outcome_without_any_difference_explains_nothing(app: Flask, client: FlaskClient) -> None:
    asked([row | {"recommend": 10} for row in driven(200)])
    read = page(signed_in(client))
    assert "Everybody gave the same answer to “Would you recommend us?”" in read
    assert "What to improve first cannot be told" in read


def test_a_question_that_does_not_apply_to_anybody_is_left_without_a_place(
    app: Flask, client: FlaskClient
) -> None:
    asked([row | {"room": "na"} for row in driven(200)])
    signed_in(client)
    assert table(client, "priorities")["1 How was the room?"][:4] == ["", "", "", ""]


def test_one_scale_alone_has_nothing_that_could_drive_it(app: Flask, client: FlaskClient) -> None:
    asked([{"overall": 1 + n % 5} for n in range(60)], rating("overall"))
    assert "A question about the whole and at least one about a part are needed" in page(signed_in(client))


def test_an_outcome_of_too_many_values_or_not_asked_of_everybody_is_told(
    app: Flask, client: FlaskClient
) -> None:
    codes = ("mark", "second", "third")  # pairs have room for two of 101 values
    marks = [{"type": "hundred", "code": code, "wording": {"en": f"Your {code}?"}} for code in codes]
    later = rating("later", show_if={"question": "overall", "op": "at_most", "value": 4})
    rows = [row | dict.fromkeys(codes, 70 + n % 9) for n, row in enumerate(driven(120))]
    asked(rows, *QUESTIONS, *marks, later)
    signed_in(client)
    assert "“Your third?” has too many values to be paired" in page(client, outcome="third")
    assert "“How was the later?” is not asked of everybody" in page(client, outcome="later")
    assert "Not asked of everybody, so left out: How was the later?" in page(client)


def test_channels_and_languages_are_not_told_apart(app: Flask, client: FlaskClient) -> None:
    asked(driven(200))
    assert "take these filters away" in page(signed_in(client), channel="web")


def test_a_changed_question_counts_from_the_month_after(app: Flask, client: FlaskClient) -> None:
    place = asked(driven(200))
    changed = [rating("speed", wording={"en": "How fast were we?"}), *QUESTIONS[:2], *QUESTIONS[3:]]
    factories.published(**document(*changed))
    answered(place, driven(100, seed=2), submitted_on=date(2026, 2, 10))
    process()
    read = page(signed_in(client), to="2026-02-28")
    assert (
        "Only whole months since the questions were changed count here: Feb 1, 2026 – Feb 28, 2026." in read
    )
    assert table(client, "drivers", to="2026-02-28")["How fast were we?"][3] == "100"


def test_a_unit_of_few_shows_nothing(app: Flask, client: FlaskClient) -> None:
    place = asked(driven(200))
    answered(place, driven(4, seed=3), ward=1)
    process()
    signed_in(client)
    assert "Too few responses to show" in page(client, unit="ward-1")
    assert client.get(f"{PATH}/drivers.csv", query_string=DAYS | {"unit": "ward-1"}).status_code == 404


def test_expected_and_experienced_are_those_of_who_gave_both(app: Flask, client: FlaskClient) -> None:
    wished = rating("wished", expectation_of="speed", wording={"en": "How fast should it be?"})
    rows = [{"speed": 2 + n % 3, "wished": 5, "overall": 3} for n in range(60)]
    asked(
        [*rows, *({"speed": 5, "overall": 3} for _ in range(30))], wished, rating("speed"), rating("overall")
    )
    assert "Expected 5.0, got 3.0" in page(signed_in(client))
    told = table(client, "gaps")["How was the speed?"]
    assert told[:3] == ["5.0", "3.0", "-2.0"]
    assert told[-1] == "60"
    assert "How fast should it be?" not in page(client)  # neither a driver nor an outcome


def test_features_have_the_classes_of_kano(app: Flask, client: FlaskClient) -> None:
    rows = [
        {"tea": "neutral", "no_tea": "dislike" if n < 40 else "neutral", "app": "like", "no_app": "live"}
        for n in range(60)
    ]
    pairs = [
        choice("tea"),
        choice("no_tea", absence_of="tea"),
        choice("app"),
        choice("no_app", absence_of="app"),
    ]
    asked(rows, rating("overall"), *pairs)
    read = page(signed_in(client))
    assert "Must have: “And tea?”." in read
    assert "Delight: “And app?”." in read
    assert table(client, "kano")["1 And tea?"][:7] == ["40", "0", "0", "20", "0", "0", "60"]


def test_levels_that_few_chose_are_joined_to_their_neighbours(app: Flask, client: FlaskClient) -> None:
    rows = [
        {"overall": point, "recommend": 2 * point}
        for point in (1, 1, 1, 2, 2, *[3] * 20, *[4] * 20, *[5] * 20)
    ]
    asked(
        [row | {"recommend": row["recommend"] - n % 2} for n, row in enumerate(rows)], rating("overall"), NPS
    )
    signed_in(client)
    found = table(client, "loyalty")
    assert list(found)[1:] == ["1 points / 2 points / 3 points", "4 points", "5 points"]
    assert [row[-1] for row in found.values()][1:] == ["25", "20", "20"]


def test_many_questions_are_compared_by_their_dimensions(app: Flask, client: FlaskClient) -> None:
    codes = [f"item{n}" for n in range(14)]
    place = organisation(
        **document(
            *(rating(code, dimension="first" if n < 7 else "second") for n, code in enumerate(codes)),
            NPS,
            dimensions={"first": {"en": "First things"}, "second": {"en": "Second things"}},
        )
    )
    answered(place, [{k: v for k, v in row.items() if k != "overall"} for row in driven(120, "item3", codes)])
    process()
    found = table(signed_in(client), "drivers")
    assert set(found) == {"Question", "First things", "Second things"}
    assert "the dimensions are compared" in page(client)


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_the_page_opens_in_each_language(app: Flask, client: FlaskClient, locale: str) -> None:
    asked(driven(200))
    said = {"en": "done worst", "zh_Hans": "最重要却做得最差", "zh_Hant": "最重要卻做得最差"}
    assert said[locale] in page(signed_in(client), lang=locale)
