"""What is said: topics with their figures, what they cost, where, and examples that give nobody away."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from survey.figures import current, places, what_is_said
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process
from tests.survey.results.pages import DAYS, opened, signed_in, text_of

PAGE = "/results/topics"
WAITED = "We waited far too long to be seen"
QUEUED = "The queue was terribly long and slow"
KIND = "The nurses were friendly and kind"
SECRET = "Waited endlessly, said the fourteen from the small ward"
BEFORE = date(2025, 12, 20)


@pytest.fixture
def place(app: Flask) -> Organisation:
    """Ward 0: 30 of 60 complain of waiting and rate 2. Wards 1 to 3 praise the staff and rate 5. The month before nobody waits."""
    place = organisation()
    for ward in range(4):
        place.answer(ward, 0, {"staff": 5, "why": KIND}, times=30)
        place.answer(ward, 0, {"staff": 4}, times=20)
        place.answer(ward, 0, {"staff": 5, "why": KIND}, times=60, submitted_on=BEFORE)
    place.answer(0, 0, {"staff": 2, "why": WAITED}, times=20)
    place.answer(0, 0, {"staff": 1, "why": QUEUED}, times=10)
    process()
    return place


def _table(client: FlaskClient, code: str, **arguments: Any) -> dict[str, list[str]]:
    answer = client.get(f"{PAGE}/{code}.csv", query_string=DAYS | arguments)
    assert answer.status_code == 200
    head, *rows = csv.reader(io.StringIO(answer.text[1:]))
    return {row[0]: row[1:] for row in rows} | {"": head}


def test_topics_are_shares_of_all_comments_with_their_counts(
    place: Organisation, client: FlaskClient
) -> None:
    page = text_of(opened(signed_in(client), PAGE))
    assert "Most complained of: Waiting and timeliness, in 30 of 150 comments (20.0%, probably" in page
    assert "In 0 of 150 comments (0.0%) no topic was found." in page
    rows = _table(client, "topics")
    assert rows["Waiting and timeliness"][:4] == ["30", "0", "0", "0"]
    assert rows["Waiting and timeliness"][4] == "20.0"
    assert rows["Staff attitude"][2] == "120"


def test_a_change_since_the_period_before_is_told_allowing_for_all_topics(
    place: Organisation, client: FlaskClient
) -> None:
    page = text_of(opened(signed_in(client), PAGE))
    assert "Waiting and timeliness: complaints rose from 0.0% to 20.0% of the comments. Likely real" in page
    assert re.search(r"This allows for \d+ comparisons", page)
    assert _table(client, "topic-changes")["Waiting and timeliness"][4] == "1"


def test_without_a_period_before_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    organisation().answer(0, 0, {"staff": 2, "why": WAITED}, times=30)
    process()
    page = text_of(opened(signed_in(client), PAGE))
    assert "Nothing to compare with yet" in page


def test_what_a_topic_costs_is_the_whole_less_the_others(place: Organisation, client: FlaskClient) -> None:
    """200 of 230 are satisfied, all 200 of those who say nothing of waiting."""
    page = text_of(opened(signed_in(client), PAGE))
    assert "What costs most: Waiting and timeliness" in page
    cost = _table(client, "topic-costs")["Waiting and timeliness"]
    assert (float(cost[0]), cost[1], float(cost[2]), cost[3]) == (0.0, "30", 100.0, "200")
    assert float(cost[7]) == pytest.approx(100 * 200 / 230 - 100, abs=1e-3)


def test_the_ward_where_many_complain_stands_out(place: Organisation, client: FlaskClient) -> None:
    page = text_of(opened(signed_in(client), PAGE))
    assert (
        "Unit ward-0, Waiting and timeliness: 50.0% of the comments complain of it, 0.0% elsewhere." in page
    )
    rows = _table(client, "topic-units")
    waiting = rows[""].index("Waiting and timeliness") - 1
    assert [rows[f"Unit ward-{n}"][waiting] for n in range(4)] == ["50.0", "0.0", "0.0", "0.0"]


def test_a_ward_of_few_is_in_no_picture_no_table_and_no_example(
    place: Organisation, client: FlaskClient
) -> None:
    place.wards.append(factories.UnitFactory(code="ward-4", parent=place.branches[0]))
    place.answer(4, 0, {"staff": 1, "why": SECRET}, times=4)
    process()
    page = opened(signed_in(client), PAGE)
    assert "fourteen" not in page
    rows = _table(client, "topic-units")
    assert set(rows["Unit ward-4"]) == {""}
    for found in re.findall(
        r'<script type="application/json" id="figure-topic-units">(.*?)</script>', page, re.S
    ):
        assert "4 comments" not in re.sub(r"\d4 comments", "", json.loads(json.dumps(found)))


def test_few_comments_show_nothing_but_the_reason(app: Flask, client: FlaskClient) -> None:
    place = organisation()
    place.answer(0, 0, {"staff": 4}, times=40)
    place.answer(0, 0, {"staff": 1, "why": WAITED}, times=4)
    process()
    page = opened(signed_in(client), PAGE)
    assert "Too few comments were written on these days" in text_of(page)
    assert "waited" not in page.lower()
    assert client.get(f"{PAGE}/topics.csv", query_string=DAYS).status_code == 404


def test_a_topic_mentioned_by_few_who_rated_has_no_rating_of_its_own(
    place: Organisation, client: FlaskClient
) -> None:
    place.answer(1, 0, {"staff": 1, "why": "The food was cold and awful"}, times=6)
    process()
    page = opened(signed_in(client), PAGE)
    assert _table(client, "topic-costs")["Facilities and food"] == [""] * 10
    assert _table(client, "topics")["Facilities and food"][0] == "6"
    assert "Facilities and food" in text_of(page)


def test_examples_are_of_the_chosen_topic_and_hide_who_may_be_known(
    place: Organisation, client: FlaskClient
) -> None:
    place.answer(
        0, 0, {"staff": 1, "why": "Waited far too long for Dr Wang, call me on 13812345678"}, times=12
    )
    process()
    page = opened(signed_in(client), PAGE, topic="waiting")
    examples = text_of(page.split('id="examples"')[1])
    assert WAITED in examples and QUEUED in examples
    assert "Dr Wang" not in examples and "[phone]" not in examples
    assert KIND in text_of(opened(client, PAGE, topic="attitude").split('id="examples"')[1])


def test_an_unknown_topic_falls_back_to_the_worst(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PAGE, topic="<script>")
    assert "Examples: Waiting and timeliness" in text_of(page)


def test_a_head_of_unit_sees_the_own_ward_only(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client, "head_of_unit", place.wards[1]), PAGE)
    assert "Waiting and timeliness" not in text_of(page.split('class="filters')[1])
    assert client.get(PAGE, query_string=DAYS | {"unit": "ward-0"}).status_code == 404


def test_sub_topics_are_told_of_the_chosen_topic(place: Organisation, client: FlaskClient) -> None:
    page = opened(signed_in(client), PAGE, topic="waiting")
    assert "What is said of “Waiting and timeliness” in particular" in text_of(page)
    rows = _table(client, "topic-parts", topic="waiting")
    assert int(rows["Queues"][0]) == 10


def test_every_chart_is_in_every_language(place: Organisation, client: FlaskClient) -> None:
    signed_in(client)
    for language, word in (("zh-CN", "等候与及时"), ("zh-TW", "等候與及時")):
        answer = client.get(PAGE, query_string=DAYS, headers={"Accept-Language": language})
        assert word in answer.text


def test_the_overview_and_my_feedback_tell_what_matters_most(
    place: Organisation, client: FlaskClient
) -> None:
    signed_in(client)
    page = opened(client)
    assert "Waiting and timeliness: complaints rose from 0.0% to 20.0%" in text_of(page)
    assert "/results/topics?" in page and "topic=waiting" in page


def test_what_is_said_needs_enough_comments_and_gives_sentences_and_comments(place: Organisation) -> None:
    person = factories.UserFactory(role="administrator")
    version = current(place.questionnaire)
    filters = place.filters(first_on=date(2026, 1, 1), last_on=date(2026, 1, 31))
    assert version is not None
    seen = places(person)
    told = what_is_said(person, filters, version, seen, "en", 10)
    assert [one.topic for one in told.topics][0] in ("waiting", "attitude")
    waiting = next(one for one in told.topics if one.topic == "waiting")
    assert [comment.text for comment in waiting.comments] == [QUEUED, WAITED] or len(waiting.comments) == 2
    assert waiting.label == "negative" and not waiting.good
    nobody = what_is_said(person, filters, version, seen, "en", 200)
    assert (nobody.n, nobody.topics) == (0, ())
