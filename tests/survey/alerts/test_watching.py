"""Rules on figures: each new signal opens one case for analysis, however often the job runs or dies."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from survey import clock, jobs
from survey.alerts import service, watching
from survey.alerts.signals import Looked, signals
from survey.alerts.watch import Watch
from survey.cases import escalation
from survey.extensions import db
from survey.figures import Publication, places
from survey.models import Alert, Case, CaseKind, Rule, Unit
from survey.rules.watch_trying import tried
from survey.targets.service import set_target
from tests import factories
from tests.survey.figures.organisation import Organisation, organisation, process

MONTHS = [date(2025, month, 10) for month in range(1, 13)] + [date(2026, month, 10) for month in range(1, 7)]
Travel = Callable[[int, int], None]


@pytest.fixture
def travel(monkeypatch: pytest.MonkeyPatch) -> Travel:
    """To a day of 2026."""

    def go(month: int, day: int) -> None:
        at = datetime(2026, month, day, 4, tzinfo=UTC)
        monkeypatch.setattr(clock, "now", lambda: at)

    go(4, 15)
    return go


@pytest.fixture
def place(any_app: Flask, travel: Travel) -> Organisation:
    """Fifteen good months in ward 0, then bad ones: April, May and June 2026."""
    made = organisation()
    for number, day in enumerate(MONTHS):
        bad = 16 if number >= 15 else 4 + number % 3
        made.answer(0, 0, {"staff": 5}, 20 - bad, submitted_on=day)
        made.answer(0, 0, {"staff": 1}, bad, submitted_on=day)
    process()
    db.session.commit()
    return made


def watch(**given: Any) -> Watch:
    usual = {"watch": "signal", "question": "staff", "metric": "csat", "by": "month", "likely_only": False}
    return Watch.model_validate(usual | given)


def wanted(place: Organisation, unit: Unit | None = None, **given: Any) -> service.Wanted:
    return service.Wanted(
        names={"en": "Watch the staff"},
        questionnaire=place.questionnaire,
        unit=unit or place.wards[0],
        severity="attention",
        terms=watch(**given),
        valid_from=date(2020, 1, 1),
    )


def rule(place: Organisation, unit: Unit | None = None, **given: Any) -> Rule:
    made = service.write(wanted(place, unit, **given), None)
    service.switch(made, True, None)
    db.session.commit()
    return made


def cases() -> list[Case]:
    return list(db.session.scalars(select(Case).order_by(Case.id)))


def test_a_signal_opens_one_case_with_its_reasons_and_its_chart(place: Organisation, travel: Travel) -> None:
    made = rule(place)
    assert jobs.watch_figures() == 0  # April is not over
    travel(5, 1)
    assert [jobs.watch_figures() for _time in range(3)] == [1, 0, 0]
    (case,) = cases()
    assert (case.kind, case.unit_id, case.severity) == (CaseKind.ANALYSIS, place.wards[0].id, "attention")
    by_rule, why = case.reasons
    assert by_rule["code"] == f"rule-{made.id}"
    assert "Apr 2026" in why["names"]["en"] and "2026年4月" in why["names"]["zh_Hans"]
    assert (why["chart"]["page"], why["chart"]["to"]) == ("trend", "2026-04-30")
    alert = db.session.scalars(select(Alert)).one()
    assert alert.reasons == [why] and alert.signal is not None and len(alert.signal) <= 120


def test_one_change_is_told_once_while_it_goes_on(place: Organisation, travel: Travel) -> None:
    rule(place)
    for month in (5, 6, 7):
        travel(month, 2)
        jobs.watch_figures()
    assert len(cases()) == 1


def test_a_worker_that_stood_still_misses_nothing_and_tells_it_once(
    place: Organisation, travel: Travel
) -> None:
    rule(place)
    travel(7, 2)
    assert jobs.watch_figures() == 1
    assert "Apr 2026" in cases()[0].reasons[1]["names"]["en"]


def test_whatever_is_cut_off_has_not_happened(place: Organisation, travel: Travel, any_app: Flask) -> None:
    made = rule(place)
    travel(5, 1)
    today = date(2026, 5, 1)
    found = list(watching._found(made.now, today, any_app.extensions["settings"]))
    assert len(found) == 1
    assert watching.raised(made.now, *found[0], today, clock.now())
    db.session.rollback()  # killed before it could commit
    assert cases() == []
    assert watching.raised(made.now, *found[0], today, clock.now())
    db.session.commit()
    assert not watching.raised(made.now, *found[0], today, clock.now())  # another worker with the same signal
    db.session.commit()
    assert len(cases()) == 1


def test_nothing_is_told_of_the_time_before_it_was_switched_on(place: Organisation, travel: Travel) -> None:
    travel(7, 15)
    rule(place, watch="target")
    rule(place)
    set_target(place.questionnaire, place.wards[0], ("staff", "csat"), 70, (date(2025, 1, 1), None), None)
    db.session.commit()
    assert jobs.watch_figures() == 0


def test_likely_changes_need_several_patterns_and_better_ones_are_left_out(place: Organisation) -> None:
    first = _found(place)
    assert [one.period_on for one in first] == [date(2026, 4, 1)]
    later = _found(place, likely_only=True)
    assert later and later[0].period_on >= date(2026, 4, 1)
    assert all(one.event and one.event.likely for one in later)
    assert all(one.event and one.event.side == "down" for one in first)


def _found(place: Organisation, unit: Unit | None = None, **given: Any) -> list[Any]:
    look = Looked(
        place.questionnaire,
        watch(**given),
        places(None),
        Publication(None, place.questionnaire.id, places(None), 10),
    )
    return list(signals(look, unit or place.wards[0], (date(2025, 7, 1), date(2026, 6, 30))))


def test_a_target_is_missed_once_each_month(place: Organisation, travel: Travel) -> None:
    set_target(place.questionnaire, place.top, ("staff", "csat"), 60, (date(2025, 1, 1), None), None)
    rule(place, watch="target")
    for month in (5, 5, 6, 6):
        travel(month, 3)
        jobs.watch_figures()
    assert len(cases()) == 2
    said = cases()[0].reasons[1]
    assert (
        "60" in said["names"]["en"] and "n = 20" in said["names"]["en"] and said["chart"]["page"] == "targets"
    )


def test_where_few_answered_nothing_is_said(place: Organisation, travel: Travel) -> None:
    for number, day in enumerate(MONTHS):
        place.answer(2, 0, {"staff": 1 if number >= 15 else 5}, 3, submitted_on=day)
    process()
    set_target(place.questionnaire, place.wards[2], ("staff", "csat"), 99, (date(2025, 1, 1), None), None)
    rule(place, place.wards[2])
    rule(place, place.wards[2], watch="target")
    travel(5, 3)
    assert jobs.watch_figures() == 0


def test_each_unit_below_is_watched_where_that_is_wanted(place: Organisation, travel: Travel) -> None:
    rule(place, place.top, each=True)
    travel(5, 3)
    jobs.watch_figures()
    assert place.wards[0].id in {case.unit_id for case in cases()}
    assert len({case.unit_id for case in cases()}) == len(cases())


def test_the_owner_comes_from_the_roster(place: Organisation, travel: Travel) -> None:
    head = factories.UserFactory(role="head_of_unit", unit=place.wards[0], name="Head")
    rule(place)
    travel(5, 5)
    jobs.watch_figures()
    escalation.look(cases()[0].id, clock.now())
    db.session.commit()
    assert cases()[0].owner_id == head.id and cases()[0].due_contact_at is None


def test_the_trial_tells_what_the_job_would_have_told(place: Organisation, travel: Travel) -> None:
    admin = factories.UserFactory(role="administrator")
    found = tried(wanted(place), watch(), date(2026, 7, 5), admin, 10)
    assert [one.period_on for one in found.signals] == [date(2026, 4, 1)]
    head = factories.UserFactory(role="head_of_unit", unit=place.wards[2])
    assert tried(wanted(place), watch(), date(2026, 7, 5), head, 10).signals == []
    assert cases() == [] and db.session.scalar(select(Alert)) is None


def test_the_worker_still_reads_responses_beside_a_rule_on_figures(place: Organisation) -> None:
    rule(place)
    place.answer(0, 0, {"staff": 1})
    db.session.commit()
    assert jobs.process_waiting() == 1
