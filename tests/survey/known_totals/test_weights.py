"""Known totals: entered by those who may, kept for ever, and what figures then say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from survey import clock
from survey.extensions import db
from survey.figures import Filters, responses_series, subjects, weighting
from survey.models import KnownTotals, Questionnaire, User
from tests import factories
from tests.survey.figures.organisation import FIRST, Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of

GIVEN = {"margin": "channel", "totals": "web, 3000\nqr\t1,000", "source": "The till", "as_of": "2026-01-01"}


def known(questionnaire: Questionnaire, margin: str, **totals: int) -> None:
    person = db.session.scalars(select(User)).first() or factories.UserFactory()
    row = KnownTotals(questionnaire_id=questionnaire.id, margin=margin, totals=totals, source="The till")
    row.as_of, row.entered_at, row.entered_by = date(2026, 1, 1), clock.now(), person.id
    db.session.add(row)
    db.session.commit()


def two_channels(place: Organisation) -> None:
    """Satisfied by web, not by code; half of each answered."""
    for ward in range(4):
        place.answer(ward, 0, {"staff": 5}, times=15, channel="web")
        place.answer(ward, 1, {"staff": 1}, times=15, channel="qr")
    process()


def of(place: Organisation, **given: Any) -> Any:
    version = place.questionnaire.published
    assert version is not None
    found = weighting(Filters(place.questionnaire.id, FIRST, FIRST, **given), responses_series(version))
    return found, subjects(version)["staff"]


def test_a_figure_is_brought_to_the_known_mix(any_app: Flask) -> None:
    place = organisation()
    two_channels(place)
    known(place.questionnaire, "channel", web=3000, qr=1000)
    found, staff = of(place)
    filters = place.filters()
    made = found.estimate(staff, "csat", found.cells(None, filters, staff))
    assert made.estimate.value == pytest.approx(75)
    assert made.estimate.n == 120
    assert made.effect.deff == pytest.approx(1.25)


def test_totals_of_a_branch_hold_for_the_units_below_it(any_app: Flask) -> None:
    place = organisation()
    place.answer(0, 0, {"staff": 5}, times=10)
    place.answer(3, 0, {"staff": 1}, times=30)
    process()
    known(place.questionnaire, "unit", **{"branch-0": 500, "branch-1": 500})
    found, staff = of(place)
    made = found.estimate(staff, "csat", found.cells(None, place.filters(), staff))
    assert made.estimate.value == pytest.approx(50)


@pytest.mark.parametrize(
    ("totals", "problem", "lacking"),
    [
        ({}, "none", []),
        ({"web": 10, "qr": 5, "kiosk": 3}, "empty_stratum", [("channel", "kiosk")]),
        ({"web": 10, "sms": 5}, "no_total", [("channel", "qr")]),
    ],
)
def test_what_is_lacking_is_named_and_nothing_is_weighted(
    app: Flask, totals: dict[str, int], problem: str, lacking: list[tuple[str, str]]
) -> None:
    place = organisation()
    two_channels(place)
    known(place.questionnaire, "channel", **totals)
    found, _staff = of(place)
    assert (found.problem, list(found.lacking), found.weights) == (problem, lacking, {})


def test_totals_are_never_changed_nor_removed(any_app: Flask) -> None:
    known(organisation().questionnaire, "channel", web=1, qr=1)
    for statement in ("UPDATE known_totals SET source = 'x'", "DELETE FROM known_totals"):
        with pytest.raises(DatabaseError):
            db.session.execute(text(statement))
        db.session.rollback()


def test_the_last_entered_totals_count_and_can_be_withdrawn(client: FlaskClient) -> None:
    place = organisation()
    two_channels(place)
    signed_in(client)
    for given in (GIVEN | {"totals": "web 1\nqr 1"}, GIVEN):
        assert client.post("/known-totals/small", data=given).status_code == 303
    assert of(place)[0].known[0].totals == {"web": 3000, "qr": 1000}
    assert client.post("/known-totals/small", data=GIVEN | {"withdraw": "y"}).status_code == 303
    assert of(place)[0].problem == "none"
    assert db.session.query(KnownTotals).count() == 3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"totals": "web, 3000"}, "at least two categories"),
        ({"totals": "web 0\nqr 0"}, "at least two categories"),
        ({"totals": "web 1\nfax 2"}, "Line 2: the code is not known"),
        ({"totals": "web 1\nweb 2"}, "Line 2: this code stands above"),
        ({"totals": "web many\nqr 2"}, "Line 1: write a code"),
        ({"totals": "web -1\nqr 2"}, "Line 1: write a code"),
        ({"source": " "}, "from where the totals are known"),
        ({"as_of": "2099-01-01"}, "lies in the future"),
        ({"margin": "age"}, "Not a valid choice"),
    ],
)
def test_wrong_input_is_told_beside_and_kept(client: FlaskClient, wrong: dict[str, str], said: str) -> None:
    organisation()
    signed_in(client)
    answer = client.post("/known-totals/small", data=GIVEN | wrong)
    assert answer.status_code == 422
    assert said in answer.text
    assert wrong.get("totals", GIVEN["totals"]) in answer.text
    assert db.session.query(KnownTotals).count() == 0


def test_with_the_switch_each_figure_says_whether_it_is_weighted(client: FlaskClient) -> None:
    place = organisation()
    two_channels(place)
    known(place.questionnaire, "channel", web=3000, qr=1000)
    signed_in(client)
    plain = text_of(opened(client))
    assert "50.0%" in plain
    assert "not weighted" not in plain
    page = opened(client, weights="1")
    said = text_of(page)
    assert "Weighted to the known totals by channel" in said
    assert "75.0%" in said
    assert "weighted to channel; design effect 1.25, effective n 96" in said
    cards = page.split('<section class="chart card')[1:]
    assert cards
    assert all("weighted" in card.split("<details", 1)[0] for card in cards)
    tiles = page.split('<article class="tile card"')[1:]
    assert all("weighted" in tile for tile in tiles)
    file = client.get("/results/chart/units.csv", query_string=DAYS | {"weights": "1"})
    assert "weighted to channel" in file.text


def test_the_switch_without_totals_says_so_and_leaves_figures_as_they_are(client: FlaskClient) -> None:
    two_channels(organisation())
    signed_in(client)
    said = text_of(opened(client, weights="1"))
    assert "no totals are known" in said
    assert "50.0%" in said


def test_the_address_of_another_page_keeps_the_switch(client: FlaskClient) -> None:
    place = organisation()
    two_channels(place)
    known(place.questionnaire, "channel", web=3000, qr=1000)
    signed_in(client)
    assert 'weights=1"' in opened(client, weights="1") or "weights=1&amp;" in opened(client, weights="1")
    assert "not weighted" in text_of(opened(client, "/results/ledger", weights="1"))
