"""New themes: found by the worker over all units, offered with figures and examples, hidden and taken over as topics."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from analysis.statistics.proportion import newcombe
from survey import clock, jobs
from survey.extensions import db
from survey.models import HiddenTheme, OwnTopic, Theme, ThemeSearch
from survey.results.themes import looking
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import signed_in
from tests.survey.results.pages import text_of as plain

PAGE = "/results/themes"
KIOSK = "The ticket kiosk was jammed"
NURSES = "The nurses were friendly and kind"
USUAL = "The zorbit hummed"
TODAY = clock.today("Asia/Shanghai")
NOW, BEFORE = TODAY - timedelta(days=10), TODAY - timedelta(days=38)


def text_of(answer: TestResponse) -> str:
    assert answer.status_code == 200
    return plain(answer.text)


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Fifty in each period say the usual; now fourteen speak of a kiosk, one did before."""
    place = organisation()
    for ward in range(2):
        for day in (NOW, BEFORE):
            place.answer(ward, 0, {"staff": 5, "why": NURSES}, times=20, submitted_on=day)
            place.answer(ward, 0, {"staff": 5, "why": USUAL}, times=5, submitted_on=day)
    place.answer(0, 0, {"staff": 2, "why": KIOSK}, times=14, submitted_on=NOW)
    place.answer(1, 0, {"staff": 2, "why": KIOSK}, times=1, submitted_on=BEFORE)
    process()
    return place


def _phrases() -> list[str]:
    return list(db.session.scalars(select(Theme.phrase).order_by(Theme.id)))


def _form(place: Organisation, phrase: str) -> dict[str, str]:
    return {"questionnaire": place.questionnaire.code, "language": "en", "phrase": phrase}


def test_a_phrase_on_the_rise_is_offered_with_its_figures_and_an_example(
    place: Organisation, client: FlaskClient
) -> None:
    assert jobs.find_themes() == 2  # both languages
    assert jobs.find_themes() == 0
    page = text_of(signed_in(client).get(PAGE))
    theme = db.session.scalars(select(Theme)).one()
    assert "ticket kiosk was jammed" in theme.written
    assert "14 of 64 comments" in page
    assert "1 of 51 comments" in page
    assert "+19.9" in page
    assert "Likely real" in page
    assert KIOSK in page
    assert "21.9%" in page
    assert "2.0%" in page


def test_the_interval_allows_for_the_choice_among_many(place: Organisation, client: FlaskClient) -> None:
    jobs.find_themes()
    client = signed_in(client)
    search = db.session.scalars(select(ThemeSearch).where(ThemeSearch.n > 0)).one()
    assert 0 < search.selected < search.tested
    told = {}
    for tested in (search.tested, search.selected):
        db.session.execute(update(ThemeSearch).where(ThemeSearch.n > 0).values(tested=tested))
        db.session.commit()
        low, high = newcombe(14, 64, 1, 51, 1 - 0.05 * search.selected / tested) or (0, 0)
        told[tested] = f"probably between +{100 * low:.1f} and +{100 * high:.1f}"
        assert told[tested] in text_of(client.get(PAGE))
    assert len(set(told.values())) == 2


def test_fewer_comments_than_the_minimum_are_never_a_theme(app: Flask) -> None:
    place = organisation()
    for day in (NOW, BEFORE):
        place.answer(0, 0, {"staff": 5, "why": NURSES}, times=20, submitted_on=day)
    place.answer(0, 0, {"staff": 2, "why": KIOSK}, times=9, submitted_on=NOW)
    process()
    jobs.find_themes()
    assert _phrases() == []
    search = db.session.scalar(select(ThemeSearch).where(ThemeSearch.language == "en"))
    assert (search.n, search.n_before) == (29, 20)


def test_comments_of_units_with_few_responses_are_counted_but_never_quoted(
    app: Flask, client: FlaskClient
) -> None:
    place = organisation()
    for day in (NOW, BEFORE):
        for ward in (0, 2):
            place.answer(ward, 0, {"staff": 5, "why": NURSES}, times=15, submitted_on=day)
    place.answer(1, 0, {"staff": 2, "why": f"{KIOSK} for me"}, times=4, submitted_on=NOW)
    place.answer(2, 0, {"staff": 2, "why": KIOSK}, times=12, submitted_on=NOW)
    process()
    jobs.find_themes()
    theme = db.session.scalars(select(Theme)).one()
    assert (theme.count, len(theme.comments)) == (16, 12)
    page = text_of(signed_in(client).get(PAGE))
    assert KIOSK in page
    assert "for me" not in page


def test_without_a_period_before_the_page_says_what_is_needed(app: Flask, client: FlaskClient) -> None:
    organisation().answer(0, 0, {"staff": 2, "why": KIOSK}, times=20, submitted_on=NOW)
    process()
    jobs.find_themes()
    assert "Too few comments: at least 10" in text_of(signed_in(client).get(PAGE))


def test_what_is_hidden_in_a_comment_is_no_phrase_and_no_example(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    for day in (NOW, BEFORE):
        place.answer(0, 0, {"staff": 5, "why": NURSES}, times=20, submitted_on=day)
    place.answer(0, 0, {"staff": 2, "why": "My zumba phone is 13800138000"}, times=15, submitted_on=NOW)
    process()
    jobs.find_themes()
    assert _phrases() == ["zumba phone"] or _phrases() == ["zumba"]
    assert "No comment that could be shown as an example" in text_of(signed_in(client).get(PAGE))


def test_once_a_week_and_when_somebody_asks(
    place: Organisation, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs.find_themes()
    signed_in(client).post(f"{PAGE}/look", data={"questionnaire": place.questionnaire.code})
    assert jobs.find_themes() == 2
    later = clock.now() + timedelta(days=7)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert jobs.find_themes() == 2
    assert jobs.find_themes() == 0


def test_a_phrase_that_is_no_theme_is_hidden_for_good_and_offered_again(
    place: Organisation, client: FlaskClient
) -> None:
    jobs.find_themes()
    client, (phrase,) = signed_in(client), _phrases()
    answer = client.post(f"{PAGE}/hide", data=_form(place, phrase), follow_redirects=True)
    assert "is not offered any more" in text_of(answer)
    assert "14 of 64" not in answer.text
    client.post(f"{PAGE}/look", data={"questionnaire": place.questionnaire.code})
    jobs.find_themes()
    assert "14 of 64" not in client.get(PAGE).text
    assert db.session.scalars(select(HiddenTheme)).one().phrase == phrase
    client.post(f"{PAGE}/show", data=_form(place, phrase))
    assert "14 of 64" in client.get(PAGE).text
    gone = client.post(f"{PAGE}/hide", data=_form(place, "no such"), follow_redirects=True)
    assert "no longer among" in text_of(gone)


def test_a_theme_becomes_a_topic_and_is_offered_no_more(place: Organisation, client: FlaskClient) -> None:
    jobs.find_themes()
    client, (phrase,) = signed_in(client), _phrases()
    link = client.get(PAGE).text.split('href="/topics/new?')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(f"/topics/new?{link}").text
    assert f">\n{phrase}</textarea>" in form.replace("\r", "")
    assert f'value="{phrase}"' in form
    names = {"name_en": phrase, "name_zh_hans": "取号机", "name_zh_hant": "取號機"}
    assert client.post("/topics/new", data=names | {"terms": phrase}).status_code == 303
    assert db.session.scalars(select(OwnTopic)).one().names["en"] == phrase
    assert "14 of 64" not in client.get(PAGE).text
    jobs.find_themes()
    assert looking.look(place.questionnaire.id, "en", TODAY, 10).themes == []


def test_a_chinese_theme_suggests_its_name_in_both_scripts(client: FlaskClient, app: Flask) -> None:
    form = signed_in(client).get("/topics/new?terms=取号机&name=取号机&language=zh").text
    assert 'value="取号机"' in form
    assert 'value="取號機"' in form


def test_whoever_sees_some_units_only_is_told_why_there_is_nothing(
    place: Organisation, client: FlaskClient
) -> None:
    jobs.find_themes()
    person = factories.UserFactory(role="quality_manager", unit=place.wards[0])
    factories.sign_in(client, person)
    page = text_of(client.get(PAGE))
    assert "people who see all units" in page
    assert "kiosk" not in page
    assert "New themes" not in client.get("/results/topics").text
    assert client.post(f"{PAGE}/hide", data=_form(place, _phrases()[0])).status_code == 403
    assert client.post(f"{PAGE}/look", data={"questionnaire": "small"}).status_code == 403


def test_a_quality_manager_of_the_whole_sees_them_too(place: Organisation, client: FlaskClient) -> None:
    jobs.find_themes()
    factories.sign_in(client, factories.UserFactory(role="quality_manager", unit=place.top))
    page = client.get(PAGE)
    assert "14 of 64" in page.text
    assert "/topics/new" not in page.text
    assert "New themes" in client.get("/results/topics").text
