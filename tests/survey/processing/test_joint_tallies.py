"""Joint tallies: what workers add, what leaves them, and that a recount agrees."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update

from survey import jobs
from survey.extensions import db
from survey.models import ANY_SERVICE, JointTally, KeptJoint, Link, Response, Upkeep
from survey.processing import erasing, joint_tallies, recount
from tests import factories

DAY, NEXT = date(2026, 3, 31), date(2026, 4, 1)
TODAY = date(2026, 5, 1)


def _answered(link: Link, scores: Sequence[Any], day: date = DAY) -> list[uuid.UUID]:
    return [factories.response(link, {"staff": score}, submitted_on=day).id for score in scores]


def _process() -> None:
    db.session.commit()
    jobs.process_waiting()


def _stored() -> dict[tuple[Any, ...], int]:
    """Responses by service type, month and unit."""
    rows = db.session.scalars(select(JointTally))
    return {(row.service_type_id, row.month_on, row.unit_id): row.responses for row in rows}


def test_each_month_unit_and_service_type_has_its_counts_and_their_sum(any_app: Flask) -> None:
    first = factories.link()
    other = factories.link(questionnaire=first.questionnaire, unit=first.unit)
    _answered(first, [1, 5])
    _answered(first, [5], NEXT)
    _answered(other, ["na"])
    _process()
    unit, march = first.unit_id, DAY.replace(day=1)
    assert _stored() == {
        (first.service_type_id, march, unit): 2,
        (other.service_type_id, march, unit): 1,
        (ANY_SERVICE, march, unit): 3,
        (first.service_type_id, NEXT, unit): 1,
        (ANY_SERVICE, NEXT, unit): 1,
    }
    assert list(recount.verify()) == []


def test_a_questionnaire_without_closed_questions_has_no_joint_tallies(any_app: Flask) -> None:
    comment = factories.document()["sections"][0]["questions"][1]
    questionnaire = factories.published(sections=[{"code": "all", "questions": [comment]}])
    factories.response(factories.link(questionnaire=questionnaire), {"why": "Good."})
    _process()
    assert _stored() == {}
    assert list(recount.verify()) == []


def test_a_recount_finds_counts_that_differ_are_missing_or_belong_to_nobody(any_app: Flask) -> None:
    link = factories.link()
    _answered(link, [1, 5, 5])
    _process()
    for change in (
        update(JointTally).values(counts=select(JointTally.counts).limit(1).scalar_subquery(), responses=2),
        update(JointTally).values(counts=b"\x01nothing"),
        update(JointTally).values(counts=joint_tallies.packed(_other_counts())),
        update(JointTally).values(unit_id=JointTally.unit_id + 1),
        JointTally.__table__.delete(),  # type: ignore[attr-defined]
    ):
        db.session.execute(change)
        db.session.commit()
        assert list(recount.verify())
        assert recount.rebuild() == 3
        db.session.commit()
        assert list(recount.verify()) == []


def _other_counts() -> Any:
    row = db.session.scalars(select(JointTally)).first()
    assert row
    layout = joint_tallies.layouts_of([row.version_id])[row.version_id]
    counts = joint_tallies.unpacked(row.counts, row.responses, layout.shape)
    counts.pairs[0] += 1
    return counts


def test_what_retention_removed_stays_in_the_joint_counts_of_a_rebuild(any_app: Flask) -> None:
    ids = _answered(factories.link(), [1, 5, "na"])
    _process()
    before = _stored()
    erasing.retire(ids[:2], TODAY)
    erasing.erase(ids[2:], TODAY)
    db.session.commit()
    assert db.session.scalar(select(func.sum(KeptJoint.responses))) == 2
    assert set(_stored().values()) == {2}
    assert recount.rebuild() == 0
    db.session.commit()
    assert _stored().keys() == before.keys()
    assert list(recount.verify()) == []
    db.session.execute(text("DELETE FROM joint_tally"))
    db.session.commit()
    assert len(list(recount.verify())) == len(before)


def test_an_update_counts_what_was_stored_before_once(any_app: Flask) -> None:
    link = factories.link()
    ids = _answered(link, [1, 5])
    _process()
    db.session.execute(text("DELETE FROM joint_tally"))
    db.session.add(Upkeep(name=joint_tallies.PENDING))
    db.session.commit()
    _answered(link, [3])
    _process()
    erasing.erase(ids[:1], TODAY)
    db.session.commit()
    assert _stored() == {}
    assert list(recount.verify())
    assert recount.count_what_is_new() == 2
    db.session.commit()
    assert set(_stored().values()) == {2}
    assert list(recount.verify()) == []
    assert recount.count_what_is_new() == 0


def test_two_workers_at_once_count_each_response_once_and_wait_for_each_other(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Small batches over the same few cells, most of them new: both make and lock the same rows."""
    questionnaire = factories.published()
    units = [factories.UnitFactory() for _ in range(3)]
    links = [factories.link(questionnaire=questionnaire, unit=unit) for unit in units for _ in range(2)]
    months = [date(2026, month, 1) for month in range(1, 7)]
    for month in months:
        for link in links:
            _answered(link, [1, 5, "na", 3], month)
    db.session.commit()
    monkeypatch.setattr(jobs.pipeline.claim, "__defaults__", (8,))
    together = Barrier(2)

    def work() -> int:
        with any_app.app_context():
            done, batch = 0, jobs._claimed()
            together.wait()  # each has a batch, however quick the other is
            while batch:
                readings = jobs._read(batch)
                done += jobs.pipeline.record(readings)
                db.session.commit()
                batch = jobs._claimed()
            db.session.remove()
            return done

    with ThreadPoolExecutor(2) as workers:
        done = [worker.result() for worker in [workers.submit(work) for _ in range(2)]]
    assert sum(done) == len(months) * len(links) * 4
    assert all(done)
    assert list(recount.verify()) == []
    assert db.session.scalar(select(func.count()).select_from(Response)) == sum(done)


def test_erasing_and_counting_the_same_cell_at_once_loses_nothing(any_app: Flask) -> None:
    """The cell is emptied and filled again and again, by two at once."""
    link = factories.link()
    gone = _answered(link, [5] * 30)
    _process()
    _answered(link, [1] * 30)
    db.session.commit()
    together = Barrier(2)

    def erase() -> None:
        with any_app.app_context():
            together.wait()
            for one in gone:
                erasing.erase([one], TODAY)
                db.session.commit()
            db.session.remove()

    def count() -> None:
        with any_app.app_context():
            together.wait()
            while batch := jobs.pipeline.claim(1):
                db.session.commit()
                jobs.pipeline.record(jobs._read(batch))
                db.session.commit()
            db.session.remove()

    with ThreadPoolExecutor(2) as workers:
        for worker in [workers.submit(erase), workers.submit(count)]:
            worker.result()
    assert list(recount.verify()) == []
    assert set(_stored().values()) == {30}
