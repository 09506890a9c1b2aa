"""Who is named in a comment: hidden from the moment it counts, kept sealed, gone with the response."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask, current_app
from sqlalchemy import delete, func, select, update

from survey import clock, jobs
from survey.extensions import db
from survey.models import Comment, Original, Response, Upkeep
from survey.processing import erasing, masking, originals, recount, subject
from survey.sealing import Unreadable, seal, unseal
from tests import factories

SAID = "感谢王医生！Please call Emma on 07700 900123."
MASKED = "感谢[name]医生！Please call [name] on [phone]."
NAMED = ("王", "Emma", "07700")
TODAY = clock.today("Asia/Shanghai")


def _stored(said: str = SAID) -> uuid.UUID:
    made = factories.response(factories.link(), {"staff": 5, "why": said})
    db.session.commit()
    jobs.process_waiting()
    return made.id


@pytest.fixture
def one(any_app: Flask) -> uuid.UUID:
    return _stored()


def _response(id_: uuid.UUID) -> Response:
    db.session.expire_all()
    return db.session.get_one(Response, id_)


def _count(model: Any) -> int:
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_once_it_counts_only_the_sealed_original_names_anybody(one: uuid.UUID) -> None:
    comment = db.session.scalars(select(Comment)).one()
    sealed = db.session.scalars(select(Original.sealed)).one()
    assert (comment.text, _response(one).answers["why"]) == (MASKED, MASKED)
    assert not any(name.encode() in sealed for name in NAMED)
    assert originals.given(_response(one)) == {"staff": 5, "why": SAID}


def test_a_comment_that_names_nobody_has_no_original(any_app: Flask) -> None:
    _stored("Too slow.")
    assert _count(Original) == 0


def test_the_sentiment_is_that_of_what_was_written(any_app: Flask) -> None:
    said = "Dr Grace Love was terrible and rude."
    made = _stored(said)
    comment = db.session.get_one(Comment, (made, "why"))
    assert "[name]" in comment.text
    assert comment.label == "negative"


def test_whoever_asks_for_the_own_data_gets_the_own_words(one: uuid.UUID) -> None:
    found = subject.document(_response(one), "en")
    assert found["answers_as_codes"]["why"] == SAID
    assert SAID in [line["answer"] for line in found["answers"]]


@pytest.mark.parametrize("act", ["erase", "retire"])
def test_an_original_goes_with_its_response(one: uuid.UUID, act: str) -> None:
    getattr(erasing, act)([one], TODAY)
    db.session.commit()
    assert (_count(Response), _count(Original)) == (0, 0)
    assert list(recount.verify()) == []


def test_an_original_goes_with_the_texts(one: uuid.UUID) -> None:
    erasing.strip([one])
    db.session.commit()
    assert _count(Original) == 0
    assert _response(one).answers == {"staff": 5, "why": ""}


def test_read_again_by_the_worker_the_comment_is_read_as_it_was_written(one: uuid.UUID) -> None:
    assert erasing.reprocess([one]) == 1
    db.session.commit()
    assert _response(one).answers["why"] == SAID
    assert _count(Original) == 0
    jobs.process_waiting()
    assert _response(one).answers["why"] == MASKED
    assert list(recount.verify()) == []


def test_under_another_secret_the_original_stays_closed_and_the_response_as_it_is(
    one: uuid.UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = replace(current_app.extensions["settings"], secret_key="another-key" * 4)
    monkeypatch.setitem(current_app.extensions, "settings", other)
    with pytest.raises(Unreadable):
        originals.given(_response(one))
    assert originals.answers_of(_response(one))["why"] == MASKED
    assert erasing.reprocess([one]) == 0


def test_an_original_opens_only_for_its_own_response(app: Flask) -> None:
    sealed = seal(b"Emma", uuid.UUID(int=1).bytes)
    assert unseal(sealed, uuid.UUID(int=1).bytes) == b"Emma"
    for wrong in (sealed, b"", sealed[:-1] + b"\x00", b"\x00" * 40):
        with pytest.raises(Unreadable):
            unseal(wrong, uuid.UUID(int=2).bytes)


def _as_before_the_update(ids: list[uuid.UUID]) -> None:
    """Comments as they were stored before anything was masked."""
    for id_ in ids:
        given = dict(originals.given(_response(id_)))
        db.session.execute(update(Comment).where(Comment.response_id == id_).values(text=given["why"]))
        db.session.execute(update(Response).where(Response.id == id_).values(answers=given))
    db.session.execute(delete(Original))
    db.session.add(Upkeep(name=masking.NAME))
    db.session.commit()


def test_what_was_stored_before_is_masked_once_and_goes_on_where_it_was_killed(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [_stored() for _ in range(3)]
    hashes = set(db.session.scalars(select(Comment.text_hash)))
    _as_before_the_update(ids)
    monkeypatch.setattr(masking, "BATCH", 1)

    class Killed(Exception):
        pass

    def killed_after_one() -> None:
        db.session.commit()
        raise Killed

    with pytest.raises(Killed):
        masking.mask_what_is_stored(killed_after_one)
    db.session.rollback()
    assert _count(Original) == 1
    assert masking.mask_what_is_stored(db.session.commit) == 2
    assert masking.mask_what_is_stored(db.session.commit) == 0
    assert {_response(id_).answers["why"] for id_ in ids} == {MASKED}
    assert set(db.session.scalars(select(Comment.text))) == {MASKED}
    assert set(db.session.scalars(select(Comment.text_hash))) == hashes
    assert {originals.given(_response(id_))["why"] for id_ in ids} == {SAID}
