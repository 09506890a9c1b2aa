"""What comments are about: stored beside them, counted, and corrected by people."""

from __future__ import annotations

from typing import get_args

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from analysis.catalogue import SECTORS
from analysis.masking import mask, moved
from survey import jobs
from survey.extensions import db
from survey.models import ANY, ANY_SERVICE, Comment, CommentTopic, Tally, Version
from survey.names import topic_name
from survey.processing import recount, rereading
from survey.processing.relabelling import PERSON, UnknownLabel, UnknownTopic, relabel
from survey.questions.definition import Sector
from tests import factories

SAID = "Friendly nurses, but a terrible wait. Call Dr Smith on 13812345678 about the bill."


def _one(text: str = SAID, staff: int = 2) -> Comment:
    factories.response(factories.link(), {"staff": staff, "why": text})
    db.session.commit()
    assert jobs.process_waiting() == 1
    return _stored()


def _stored() -> Comment:
    db.session.expire_all()
    return db.session.scalars(select(Comment)).one()


def _counts(code: str) -> dict[str, int]:
    """By month, summed over everything else."""
    series = db.session.scalars(select(Version)).first().series[code]
    statement = select(Tally.value, func.sum(Tally.count)).where(
        Tally.series_id == series,
        Tally.grain == "month",
        Tally.channel == ANY,
        Tally.locale == ANY,
        Tally.service_type_id == ANY_SERVICE,
    )
    return dict(db.session.execute(statement.group_by(Tally.value)).all())


def _topics() -> dict[str, str]:
    found = select(CommentTopic.topic, CommentTopic.label).where(CommentTopic.subtopic == "")
    return dict(db.session.execute(found).all())


def test_a_comment_has_its_topics_with_what_is_felt_about_each(any_app: Flask) -> None:
    comment = _one()
    assert {"attitude": "positive", "waiting": "negative"}.items() <= _topics().items()
    assert 0 < comment.confidence <= 1
    assert comment.topic_method.startswith("lists/")
    assert comment.reader_id > 0


def test_topics_are_counted_beside_the_answers_of_the_comment_and_of_the_main_question(
    any_app: Flask,
) -> None:
    _one()
    assert _counts("why")["about:waiting:negative"] == 1
    assert _counts("why")[_stored().label] == 1
    assert _counts("staff")["with:waiting:2"] == _counts("staff")["2"] == 1
    assert list(recount.verify()) == []


def test_highlighted_stretches_stand_where_they_were_found_in_the_masked_text(any_app: Flask) -> None:
    comment = _one()
    assert "13812345678" not in comment.text
    said = {comment.text[start:end].lower(): topic for start, end, topic, _ in comment.spans["mentions"]}
    assert {"wait": "waiting", "bill": "price"}.items() <= said.items()
    assert {"terrible"} <= {comment.text[start:end] for start, end, _ in comment.spans["opinions"]}


@given(st.lists(st.sampled_from(["a kind nurse", " 13812345678 ", "很好", " a@b.org ", "bed 12 ", "。"])))
def test_a_stretch_that_hides_nothing_is_the_same_in_the_masked_text(parts: list[str]) -> None:
    text = "".join(parts)
    masked = mask(text)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            place = moved(masked.hidden, start, end)
            touched = any(span.start < end and start < span.end for span in masked.spans)
            assert (place is None) == touched
            if place:
                assert masked.text[slice(*place)] == text[start:end]


def test_a_person_s_word_on_a_comment_is_counted_and_no_reading_changes_it(any_app: Flask) -> None:
    comment = _one()
    key = comment.response_id, comment.question_code
    relabel(*key, label="positive", method=PERSON, topics={"price": "negative", "attitude": None})
    db.session.commit()
    assert (_stored().label, _stored().method, _stored().topic_method) == ("positive", PERSON, PERSON)
    assert _topics() == {"price": "negative", "attitude": "positive"}
    rereading.want("test")
    assert jobs.reread_comments() == 1
    assert (_stored().label, _topics()) == ("positive", {"price": "negative", "attitude": "positive"})
    told = {"about:price:negative": 1, "about:attitude:positive": 1, "about::any": 1}
    assert _counts("why") == {"positive": 1} | told
    assert list(recount.verify()) == []


@pytest.mark.parametrize(
    ("given", "error"),
    [({"label": "angry"}, UnknownLabel), ({"topics": {"weather": None}}, UnknownTopic)],
)
def test_what_nobody_knows_is_refused(
    any_app: Flask, given: dict[str, object], error: type[Exception]
) -> None:
    comment = _one()
    with pytest.raises(error):
        relabel(comment.response_id, comment.question_code, **given)
    assert not relabel(comment.response_id, "other", label="positive")


def test_sectors_of_questionnaires_are_those_of_the_lists() -> None:
    assert set(get_args(Sector)) == set(SECTORS)


def test_topics_have_names_in_every_language(app: Flask) -> None:
    assert topic_name("waiting", "en") != topic_name("waiting", "zh_Hans")
    assert topic_name("gone", "en") == "gone"
