from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.factories import UnitFactory
from tests.survey.results.pages import signed_in, text_of


def _page(client: FlaskClient, path: str = "/check", status: int = 200, **asked: Any) -> str:
    answer = client.get(path, query_string=asked)
    assert answer.status_code == status
    return answer.text


def test_a_claim_that_does_not_hold_is_found(client: FlaskClient) -> None:
    page = _page(signed_in(client), first="50/50", second="48/50", p="P<0.05")
    assert "50/50 against 48/50 is not P&lt;0.05: Fisher&#39;s exact test gives 0.495." in page
    assert "fewer than 5 expected in a cell" in page


def test_a_percentage_that_cannot_be_is_found(client: FlaskClient) -> None:
    page = _page(signed_in(client), first="８８．７２％", first_n="２４")
    assert "88.72% of 24 persons cannot be: nearest are 21 (87.5%) and 22 (91.67%)." in page


def test_a_standard_deviation_that_cannot_be_is_found(client: FlaskClient) -> None:
    asked = {"first": "6.50±0.25", "first_n": "50", "lowest": "3", "highest": "10", "range": "observed"}
    page = _page(signed_in(client), "/check/means", **asked)
    assert "6.50±0.25 with answers from 3 to 10 (range observed) cannot be an SD" in page
    possible = _page(client, "/check/means", **asked | {"range": "scale"})
    assert "An SD of 0.25 around 6.50 can be" in possible


def test_two_means_are_compared_by_their_interval(client: FlaskClient) -> None:
    page = text_of(
        _page(
            signed_in(client), "/check/means",
            first="4.2±0.9", first_n="50", second="4.1±0.8", second_n="48", p="P<0.01", lowest="1", highest="5",
        )
    )  # fmt: skip
    assert "is not P&lt;0.01" in page
    assert "Welch&#39;s t test" in page
    assert "The first group is 0.1 points higher than the second group" in page


def test_a_test_of_figures_that_cannot_be_is_not_called_right(client: FlaskClient) -> None:
    asked = {"first": "88.72%", "first_n": "24", "second": "12/24", "p": "P<0.05"}
    page = text_of(_page(signed_in(client), **asked))
    assert "is P&lt;0.05, as printed" in page
    assert "That test rests on figures of which some cannot be." in page
    assert "Right" not in page


@pytest.mark.parametrize(
    ("path", "asked", "said"),
    [
        ("/check", {"first": "88.72", "first_n": "24"}, "Please give a count such as 48"),
        ("/check", {"first": ""}, "Please fill this in."),
        ("/check", {"first": "48/50", "p": "0.05"}, "P is about two groups"),
        ("/check", {"first": "48/50", "second": "40/50", "p": "small"}, "Please give P such as"),
        ("/check", {"first": "4" * 61}, "This is too long."),
        (
            "/check/means",
            {"first": "4.2", "first_n": "9", "second": "4.1±1", "second_n": "9"},
            "by their SDs",
        ),
        ("/check/means", {"first": "4.2±1", "first_n": "9", "lowest": "5", "highest": "1"}, "must lie above"),
        ("/check/means", {"first": "4.2±1", "first_n": "9", "lowest": "5"}, "both ends of the range"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(
    client: FlaskClient, path: str, asked: dict[str, str], said: str
) -> None:
    page = _page(signed_in(client), path, 422, **asked)
    assert said in page
    assert 'aria-invalid="true"' in page
    for value in asked.values():
        assert f'value="{value}"' in page


@pytest.mark.parametrize("locale", ["en", "zh_Hans", "zh_Hant"])
def test_the_empty_forms_open_in_each_language(client: FlaskClient, locale: str) -> None:
    signed_in(client)
    for path in ("/check", "/check/means"):
        page = _page(client, path, lang=locale)
        assert 'id="findings"' not in page
        assert "<form" in page


def test_it_is_for_everybody_who_reads_results(client: FlaskClient) -> None:
    assert "/check" in signed_in(client, "auditor").get("/check").text
    assert signed_in(client, "staff", UnitFactory()).get("/check").status_code == 403
