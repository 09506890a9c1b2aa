"""Whether it is changing: a planted shift is found and explained, a steady series is called steady."""

from __future__ import annotations

import csv
import io
import json
import random
import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from survey import clock
from survey.extensions import db
from survey.models import AuditEntry, Baseline
from survey.results import spans
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import opened, signed_in, text_of

MONDAY = date(2026, 1, 5)
WEEKS = 26
DAYS = {"from": "2026-01-05", "to": "2026-07-05"}
PAGE = "/results/trend"


def _weeks(place: Organisation, shares: list[float], n: int = 40, ward: int = 0, seed: int = 5) -> None:
    """One week after the other, in each so many answers of which about this share is satisfied."""
    chance = random.Random(seed)  # noqa: S311
    for week, share in enumerate(shares):
        day = MONDAY + timedelta(weeks=week, days=1)
        good = sum(chance.random() < share for _ in range(n))
        place.answer(ward, 0, {"staff": 5}, times=good, submitted_on=day)
        place.answer(ward, 0, {"staff": 2}, times=n - good, submitted_on=day)


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Eighteen weeks at 70 %, then eight at 95 %: since 11 May."""
    place = organisation()
    _weeks(place, [0.7] * 18 + [0.95] * 8)
    process()
    return place


def _table(client: FlaskClient, code: str = "trend", **arguments: Any) -> dict[str, list[str]]:
    answer = client.get(f"{PAGE}/{code}.csv", query_string=DAYS | arguments)
    assert answer.status_code == 200
    _head, *rows = csv.reader(io.StringIO(answer.text[1:]))
    return {row[0]: row[1:] for row in rows}


def test_a_planted_shift_is_found_and_explained(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PAGE, **DAYS))
    assert "Probably higher since about May 11" in page
    assert "8 weeks in a row above the centre line: something probably changed about May 11." in page
    assert "the chart cannot say" in page
    rows = _table(client)
    assert rows["2026-06-29"][-1] in ("above the upper limit", "part of a pattern")
    assert len(rows) == WEEKS


def test_a_steady_series_is_called_steady(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    _weeks(place, [0.8] * 20, n=30, seed=2)
    process()
    page = text_of(opened(signed_in(client), PAGE, **DAYS))
    assert "Steady: the usual up and down" in page
    assert "may have changed" not in page


def test_hidden_periods_are_gaps_without_limits_everywhere(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    _weeks(place, [0.8] * 20, n=30, seed=2)
    small = MONDAY + timedelta(weeks=20, days=1)
    place.answer(0, 0, {"staff": 1}, times=3, submitted_on=small)
    place.answer(0, 0, {"staff": 5}, times=30, submitted_on=small + timedelta(weeks=1))
    process()
    rows = _table(signed_in(client))
    hidden = [week for week, cells in rows.items() if cells[:5] == [""] * 5]
    assert "2026-05-25" in hidden
    page = opened(client, PAGE, **DAYS)
    for found in re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S):
        figure = json.loads(found)["figure"]
        assert "3 answers" not in re.sub(r"\d3 answers", "", json.dumps(figure))
        drawn = next(trace for trace in figure["data"] if trace.get("customdata"))
        for week in hidden:
            assert drawn["y"][drawn["customdata"].index(week)] is None


def test_fewer_than_twelve_points_say_what_is_missing(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PAGE, **{"from": "2026-01-05", "to": "2026-03-01"})
    assert "Too few points to tell a change" in text_of(page)
    assert "Limits need 12 weeks that can be shown, and there are 8 weeks." in text_of(page)
    assert 'id="moving"' not in page


def test_days_without_any_answer_are_an_empty_selection(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PAGE, **{"from": "2020-01-01", "to": "2020-01-31"})
    assert "No responses in this selection" in page
    assert 'id="baseline"' not in page


def test_the_same_answer_from_everybody_has_no_limits(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    _weeks(place, [1.0] * 14, n=12)
    process()
    assert "Nothing went up or down in the baseline" in text_of(opened(signed_in(client), PAGE, **DAYS))


def test_a_changed_wording_has_limits_of_its_own(place: Organisation, client: FlaskClient) -> None:
    changed = factories.document()
    changed["sections"][0]["questions"][0]["wording"] = {
        "en": "How kind was the staff?",
        "zh_Hans": "态度如何？",
    }
    factories.published(**changed)
    for week in range(WEEKS, WEEKS + 13):
        day = MONDAY + timedelta(weeks=week, days=1)
        place.answer(0, 0, {"staff": 2}, times=6 + week % 3, submitted_on=day)
        place.answer(0, 0, {"staff": 5}, times=9 - week % 3, submitted_on=day)
    process()
    page = text_of(opened(signed_in(client), PAGE, **{"from": "2026-01-05", "to": "2026-10-04"}))
    assert "each part has limits of its own" in page
    rows = _table(client, **{"from": "2026-01-05", "to": "2026-10-04"})
    assert len({cells[2] for cells in rows.values() if cells[2]}) == 2


def test_an_average_has_limits_from_its_own_up_and_down(app: Flask, client: FlaskClient) -> None:
    scale = {"type": "effort", "code": "ease", "wording": {"en": "It was made easy for me."}}
    place = organisation(languages=["en"], sections=[{"code": "all", "questions": [scale]}])
    for week in range(14):
        day = MONDAY + timedelta(weeks=week, days=1)
        place.answer(0, 0, {"ease": 6}, times=12, submitted_on=day)
        place.answer(0, 0, {"ease": 4 + week % 2}, times=6, submitted_on=day)
    process()
    page = text_of(opened(signed_in(client), PAGE, **DAYS))
    assert "chart of individual values and moving ranges (XmR)" in page


FROZEN = {"first_on": "2026-01-05", "last_on": "2026-04-26", "reason": "Before the new rota"}


def test_a_baseline_is_frozen_by_a_named_person_with_a_reason(
    place: Organisation, client: FlaskClient
) -> None:
    signed_in(client)
    answer = client.post(PAGE, query_string=DAYS, data=FROZEN)
    assert answer.status_code == 303
    assert "from=2026-01-05" in answer.headers["Location"]
    page = text_of(opened(client, PAGE, **DAYS))
    assert "Jan 5, 2026 to Apr 26, 2026 for Unit top, frozen by Person" in page
    assert "“Before the new rota”" in page
    held = db.session.scalars(select(Baseline)).one()
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.thing_kind == "baseline")).one()
    assert (entry.deed, entry.unit_id, held.person.name) == (
        "created",
        place.top.id,
        entry.actor_name.partition(" <")[0],
    )
    assert "Before the new rota" in entry.details


def test_a_frozen_baseline_sets_the_limits_wherever_the_days_begin(
    place: Organisation, client: FlaskClient
) -> None:
    signed_in(client)
    client.post(PAGE, query_string=DAYS, data=FROZEN)
    later = {"from": "2026-05-04", "to": "2026-07-05"}
    rows = _table(client, **later)
    assert list(rows)[0] == "2026-01-05"
    assert rows["2026-06-29"][2] == _table(client)["2026-06-29"][2]
    assert "Probably higher since about May 11" in text_of(opened(client, PAGE, **later))


def test_a_later_baseline_replaces_and_nothing_is_deleted(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    for reason in ("First", "Second"):
        client.post(PAGE, query_string=DAYS, data=FROZEN | {"reason": reason})
    page = text_of(opened(client, PAGE, **DAYS))
    assert page.index("“Second”") < page.index("Earlier baselines") < page.index("“First”")


def test_a_baseline_is_of_one_unit(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    client.post(PAGE, query_string=DAYS | {"unit": "branch-0"}, data=FROZEN)
    assert "None is frozen for Unit top" in text_of(opened(client, PAGE, **DAYS))
    assert "“Before the new rota”" in text_of(opened(client, PAGE, unit="branch-0", **DAYS))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": "  "}, "Please say why."),
        ({"reason": "x" * 301}, "At most 300 characters."),
        ({"first_on": "2026-06-01", "last_on": "2026-05-01"}, "The end lies before the beginning."),
        ({"last_on": "2099-01-01"}, "A baseline ends before today."),
        ({"last_on": "2026-02-01"}, "these days have 4"),
        ({"first_on": "someday"}, "Please give a day such as 2026-03-31."),
    ],
)
def test_a_wrong_baseline_is_told_beside_its_field_and_what_was_typed_stays(
    place: Organisation, client: FlaskClient, given: dict[str, str], said: str
) -> None:
    sent = FROZEN | given
    answer = signed_in(client).post(PAGE, query_string=DAYS, data=sent)
    assert answer.status_code == 422
    assert said in text_of(answer.text)
    assert f'value="{sent["reason"]}"' in answer.text or sent["reason"] != FROZEN["reason"]
    assert 'id="trend"' in answer.text
    assert db.session.scalar(select(Baseline.id)) is None


def test_only_those_who_may_freeze_find_the_form(place: Organisation, client: FlaskClient) -> None:
    signed_in(client, "head_of_unit", place.branches[0])
    assert "Freeze a baseline" not in opened(client, PAGE, **DAYS)
    assert client.post(PAGE, query_string=DAYS, data=FROZEN).status_code == 403


def test_the_database_neither_changes_nor_deletes_a_baseline(any_app: Flask) -> None:
    place = organisation()
    person = factories.UserFactory()
    series = next(iter(place.questionnaire.published.series.values()))  # type: ignore[union-attr]
    held = Baseline(
        questionnaire_id=place.questionnaire.id, series_id=series, first_on=MONDAY, last_on=MONDAY,
        reason="So", frozen_at=clock.now(), frozen_by=person.id,
    )  # fmt: skip
    db.session.add(held)
    db.session.commit()
    for statement in (update(Baseline).values(reason="Else"), delete(Baseline)):
        with pytest.raises(DatabaseError), db.engine.begin() as connection:
            connection.execute(statement)
    if db.engine.dialect.name == "sqlite":
        again = "INSERT OR REPLACE INTO baseline SELECT * FROM baseline"
        with pytest.raises(DatabaseError), db.engine.begin() as connection:
            connection.execute(text(again))


@pytest.mark.parametrize("locale", ["zh_Hans", "zh_Hant"])
def test_the_page_opens_in_each_language(place: Organisation, client: FlaskClient, locale: str) -> None:
    page = opened(signed_in(client), PAGE, lang=locale, **DAYS)
    assert {"zh_Hans": "可能升高了", "zh_Hant": "可能升高了"}[locale] in page


def test_without_a_chosen_period_twelve_months_are_shown(place: Organisation, client: FlaskClient) -> None:
    """Of 90 days there would be 13 weeks; what is chosen stays chosen."""
    signed_in(client)
    first = spans.span("12m", clock.today("Asia/Shanghai"), None)[0].isoformat()
    asked: dict[str, str] = {"channel": "web", "unit": "branch-0"}
    page = client.get(PAGE, query_string=asked).text
    assert re.search(rf'name="from"[^>]*value="{first}"', page)
    assert re.search(r'period=12m[^"]*" aria-current="true"', page)
    assert re.search(r'<option selected value="branch-0"', page)
    chosen = client.get(PAGE, query_string=asked | {"period": "90d"}).text
    assert first not in re.findall(r'name="from"[^>]*', chosen)[0]
    assert re.search(r'period=90d[^"]*" aria-current="true"', chosen)
    assert first not in re.findall(r'name="from"[^>]*', client.get("/results").text)[0]
