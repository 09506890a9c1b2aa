"""What the page of an action says of answers that were planted."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey import clock
from survey.actions.service import amend, stop
from survey.extensions import db
from survey.models import Action
from tests import factories
from tests.survey.actions.weeks import START, WEEK, hospital, registered, terms, weeks
from tests.survey.figures.organisation import process
from tests.survey.results.pages import signed_in, text_of

UP = ([0.5] * 10, [0.9] * 10)
SAME = ([0.7] * 10, [0.7] * 10)


def page(client: FlaskClient, action: Action) -> str:
    answer = client.get(f"/improve/actions/{action.id}")
    assert answer.status_code == 200
    return text_of(answer.text)


def table(client: FlaskClient, action: Action, code: str = "effect") -> list[list[str]]:
    answer = client.get(f"/improve/actions/{action.id}/{code}.csv")
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.text[1:])))


def test_a_planted_effect_is_likely_real_and_as_expected(any_app: Flask) -> None:
    action = registered(hospital(UP))
    client = signed_in(any_app.test_client())
    said = page(client, action)
    assert "likely real, probably between" in said
    assert "This is the direction that was expected." in said
    assert "There are no units to compare with" in said
    assert "Can be judged" in text_of(client.get("/improve/actions").text)


def test_the_opposite_of_what_was_expected_is_said(app: Flask) -> None:
    said = page(signed_in(app.test_client()), registered(hospital(UP), direction="down"))
    assert "This is the opposite of what was expected." in said
    assert "against what was expected" in said


def test_where_nothing_changed_the_page_claims_nothing(app: Flask) -> None:
    said = page(signed_in(app.test_client()), registered(hospital(SAME)))
    assert "likely real" not in said.lower()
    assert "cannot tell" in said or "no important difference" in said


def test_units_to_compare_with_remove_a_rise_that_all_had(app: Flask) -> None:
    place = hospital(UP, UP)
    client = signed_in(app.test_client())
    assert "Likely real" in page(client, registered(place))
    said = page(client, registered(place, beside=(1,)))
    assert "Likely real" not in said
    assert "taken off" in said


def test_without_anything_before_there_is_no_baseline(app: Flask) -> None:
    place = hospital(([], [0.8] * 10), ([0.7] * 10, [0.7] * 10))
    said = page(signed_in(app.test_client()), registered(place))
    assert "No baseline" in said
    assert "likely" not in said.lower()


def test_too_few_weeks_since_the_start_are_too_early(app: Flask) -> None:
    said = page(signed_in(app.test_client()), registered(hospital(([0.6] * 10, [0.9] * 5))))
    assert (
        "Too early to say: so far 5 weeks since the start have enough answers, and 8 weeks are needed."
        in said
    )


def test_an_action_to_come_is_planned_and_judges_nothing(app: Flask) -> None:
    action = registered(hospital(SAME), starts_on=clock.today("UTC") + timedelta(days=30))
    client = signed_in(app.test_client())
    assert "Not begun yet" in page(client, action)
    assert client.get(f"/improve/actions/{action.id}/effect.csv").status_code == 404


def test_an_action_of_units_that_nobody_answered_about_says_so(app: Flask) -> None:
    said = page(signed_in(app.test_client()), registered(hospital(SAME), 3))
    assert "No baseline" in said or "No answers yet" in said


def test_small_weeks_are_gaps_everywhere(app: Flask) -> None:
    place = hospital(SAME)
    weeks(place, 1, [0.7] * 10, [0.7] * 10, n=3)
    process()
    client = signed_in(app.test_client())
    action = registered(place, 1)
    rows = table(client, action)[1:]
    assert rows
    for row in rows:
        assert row[5] == "" or int(row[5]) >= 10


def test_each_period_stands_in_the_file_with_what_would_have_been(app: Flask) -> None:
    head, *rows = table(signed_in(app.test_client()), registered(hospital(UP)))
    assert head[:6] == ["Week from", "Side", "Figure", "Interval from", "to", "n"]
    assert [row[1] for row in rows] == ["before"] * 10 + ["since"] * 10
    assert rows[10][0] == START.isoformat()
    assert all(row[6] == "" for row in rows[:10]) and all(row[6] for row in rows[10:])


def test_a_start_within_a_week_leaves_that_week_out(app: Flask) -> None:
    action = registered(hospital(UP), starts_on=START + timedelta(days=2))
    client = signed_in(app.test_client())
    assert "10 + 9" in page(client, action)


def test_the_mix_of_respondents_warns_when_others_answered(app: Flask) -> None:
    place = hospital()
    weeks(place, 0, [0.7] * 10, [], n=24, channel="qr")
    weeks(place, 0, [], [0.7] * 10, n=24, channel="kiosk")
    process()
    client = signed_in(app.test_client())
    action = registered(place)
    assert "Other people answered: Channel" in page(client, action)
    assert any("QR code" in row[0] for row in table(client, action, "mix"))
    other = registered(hospital_with_same_channel(place))
    assert "about the same before and since" in page(client, other)


def hospital_with_same_channel(place):  # type: ignore[no-untyped-def]
    weeks(place, 1, [0.7] * 10, [0.7] * 10, channel="qr")
    process()
    place.wards[0] = place.wards[1]
    return place


def test_registered_after_the_start_is_said_plainly(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    place = hospital(UP)
    at = clock.now().replace(year=2026, month=5, day=16, hour=4)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: at)
        late = registered(place)
        patched.setattr(clock, "now", lambda: at.replace(month=4, day=1))
        early = registered(place)
    client = signed_in(app.test_client())
    assert "Registered 40 days after the start: the result could already be seen." in page(client, late)
    assert "result could already be seen" not in page(client, early)


def test_what_is_measured_changed_after_the_start_is_said_plainly(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, at = hospital(UP), clock.now().replace(year=2026, month=4, day=1, hour=4)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: at)
        action = registered(place)
        patched.setattr(clock, "now", lambda: at.replace(month=4, day=16))
        amend(
            action, terms(place, metric="mean"), "the share says too little", factories.UserFactory(name="Wu")
        )
        db.session.commit()
    said = page(signed_in(app.test_client()), action)
    assert "Changed 10 days after the start, when its result could already be seen: Measured by." in said
    assert "the share says too little" in said and "Wu" in said


def test_a_stopped_action_is_judged_by_the_days_until_then(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, at = hospital(UP), clock.now().replace(year=2026, month=4, day=1, hour=4)
    with monkeypatch.context() as patched:
        patched.setattr(clock, "now", lambda: at)
        action = registered(place)
        patched.setattr(clock, "now", lambda: at.replace(month=5, day=5))
        stop(action, "nobody had time", None)
        db.session.commit()
    client = signed_in(app.test_client())
    said = page(client, action)
    assert "Stopped" in said and "nobody had time" in said and "so far 4 weeks" in said
    assert max(row[0] for row in table(client, action)[1:]) == (START + 3 * WEEK).isoformat()


def test_wordings_are_never_merged(app: Flask) -> None:
    place = hospital(UP)
    new = factories.document()
    new["sections"][0]["questions"][0]["wording"] = {"en": "How kind was the staff?", "zh_Hans": "态度如何？"}
    version = factories.save_draft(new)
    factories.publish(version)
    weeks(place, 0, [], [0.2] * 3)
    process()
    head, *rows = table(signed_in(app.test_client()), registered(place))
    assert len(rows) == 20 and all(float(row[2]) > 60 for row in rows[10:])


def test_pages_are_there_in_all_languages(app: Flask) -> None:
    action = registered(hospital(UP), beside=(1,))
    client = signed_in(app.test_client())
    for language in ("zh_Hans", "zh_Hant", "en"):
        for path in ("/improve/actions", f"/improve/actions/{action.id}"):
            assert client.get(f"{path}?lang={language}").status_code == 200
