"""Whatever happens to invitations in any order, they are counted as a recount counts them."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import delete, func, select, text, true, update

from survey import clock
from survey.distribute import batches, invitations, issuing
from survey.extensions import db
from survey.models import ANY, ANY_SERVICE, Batch, InvitationTally, Questionnaire, Response
from survey.processing import erasing, invitation_recount, recount
from tests import factories
from tests.survey.respond.visiting import Respondent

BASE, ZONE = "https://survey.example", "Asia/Shanghai"
FIRST = datetime(2026, 1, 30, 15, 50, tzinfo=UTC)  # ten minutes before midnight in Shanghai
CHANNELS = ("sms", "email")
PLAIN = InvitationTally.channel == ANY, InvitationTally.service_type_id == ANY_SERVICE


def _make(questionnaire_id: int, rows: list[tuple[int, str, str]], channel: str, at: datetime) -> list[str]:
    """A batch of these (number, unit, service type) as a file brings them; the addresses of what is new."""
    lines = [f"A-{number},{unit},{service},2026-01-02,en\n" for number, unit, service in rows]
    content = "".join(["reference,unit,service_type,when,language\n", *lines]).encode()
    about = db.session.get_one(Questionnaire, questionnaire_id)
    batch = Batch(questionnaire=about, channel=channel, created_at=at, expires_at=clock.now() + timedelta(1))
    invitations.make(content, batches.known(None, ZONE, clock.now()), batch)
    out = io.StringIO()
    issuing.issue(batch, true(), False, BASE, ZONE, out)
    db.session.commit()
    return [row["link"].removeprefix(BASE) for row in csv.DictReader(io.StringIO(out.getvalue()))]


def _place() -> int:
    for code in ("ward", "desk"):
        factories.UnitFactory(code=code)
    for code in ("stay", "visit"):
        factories.ServiceTypeFactory(code=code)
    number = factories.published().id
    db.session.commit()
    return number


def _filled(app: Flask, address: str) -> Any:
    """The form as a browser would send it."""
    form = Respondent(app.test_client(), address).open().filled(staff="4")
    form.update({"_go": "send"})
    return form


def _sums() -> dict[str, tuple[int, int]]:
    """(sent, used) by grain."""
    tally = InvitationTally
    sums = select(tally.grain, func.sum(tally.sent), func.sum(tally.used)).where(*PLAIN).group_by(tally.grain)
    found = {grain: (int(sent), int(used)) for grain, sent, used in db.session.execute(sums)}
    db.session.rollback()
    return found


class Anything(RuleBasedStateMachine):
    """The model knows the address of each invitation, and whether it was used."""

    made: Flask
    questionnaire_id: int

    @initialize()
    def empty(self) -> None:
        self.addresses: list[str] = []
        self.used: set[str] = set()
        self.at = FIRST
        db.session.rollback()
        for table in ("comment", "response", "erased", "tally", "invitation", "invitation_tally"):
            db.session.execute(text(f"DELETE FROM {table}"))
        db.session.commit()

    @rule(
        rows=st.lists(
            st.tuples(
                st.integers(0, 40), st.sampled_from(["ward", "desk"]), st.sampled_from(["stay", "visit"])
            ),
            max_size=5,
        ),
        channel=st.sampled_from(CHANNELS),
    )
    def make(self, rows: list[tuple[int, str, str]], channel: str) -> None:
        self.addresses += _make(self.questionnaire_id, rows, channel, self.at)

    @rule(minutes=st.sampled_from([1, 15, 24 * 60, 40 * 24 * 60]))
    def time_goes_by(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)

    @rule(which=st.integers(0, 50), again=st.booleans())
    def use(self, which: int, again: bool) -> None:
        if not self.addresses:
            return
        address = self.addresses[which % len(self.addresses)]
        form = _filled(self.made, address)
        for _time in range(1 + again):  # the same form once more, as after a lost answer
            self.made.test_client().post(address, data=form)
        self.used.add(address)

    @rule()
    def erase(self) -> None:
        ids = list(db.session.scalars(select(Response.id).order_by(Response.id).limit(1)))
        erasing.erase(ids, FIRST.date())
        db.session.commit()

    @rule()
    def rebuild(self) -> None:
        recount.rebuild()
        db.session.commit()

    @invariant()
    def the_counters_equal_a_recount(self) -> None:
        assert list(invitation_recount.differences()) == []
        both = len(self.addresses), len(self.used)
        assert _sums() == ({"day": both, "month": both} if self.addresses else {})


def test_counters_follow_whatever_happens_to_invitations_in_any_order(any_app: Flask) -> None:
    Anything.made, Anything.questionnaire_id = any_app, _place()
    lite = db.engine.dialect.name == "sqlite"
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Anything,
        settings=settings(
            max_examples=25 if lite else 8,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_many_who_answer_while_more_is_made_neither_deadlock_nor_miscount(any_app: Flask) -> None:
    number = _place()
    rows = [(n, ("ward", "desk")[n % 2], ("stay", "visit")[n // 2 % 2]) for n in range(24)]
    forms = [(address, _filled(any_app, address)) for address in _make(number, rows, "sms", FIRST)]

    def send(address: str, form: Any) -> int:
        return any_app.test_client().post(address, data=form).status_code

    def make(batch: int) -> int:
        with any_app.app_context():
            more = [(100 * (1 + batch) + n, unit, service) for n, unit, service in reversed(rows)]
            return len(_make(number, more, CHANNELS[batch % 2], FIRST))

    with ThreadPoolExecutor(10) as pool:
        answers = []
        for at, form in enumerate(forms):
            answers += [pool.submit(send, *form) for _device in range(2)]
            answers += [pool.submit(make, at // 6)] if at % 6 == 0 else []
        done = [answer.result() for answer in answers]
    assert [done.count(kind) for kind in (24, 303, 410)] == [4, 48, 0]
    db.session.rollback()
    assert list(recount.verify()) == []
    assert _sums() == {"day": (120, 24), "month": (120, 24)}


def test_a_wrong_counter_is_found_and_mended(any_app: Flask) -> None:
    _make(_place(), [(1, "ward", "stay"), (2, "desk", "stay")], "sms", FIRST)
    first = select(func.min(InvitationTally.unit_id)).scalar_subquery()
    db.session.execute(update(InvitationTally).where(InvitationTally.unit_id == first, *PLAIN).values(used=1))
    db.session.execute(delete(InvitationTally).where(InvitationTally.unit_id != first, *PLAIN))
    db.session.commit()
    run = any_app.test_cli_runner().invoke
    wrong = run(args=["tallies", "verify"])
    assert wrong.exit_code == 1
    assert "differences: 4" in wrong.output
    assert "stored Count(sent=1, used=1), counted Count(sent=1, used=0)" in wrong.output
    assert run(args=["tallies", "rebuild"]).exit_code == 0
    assert run(args=["tallies", "verify"]).output == "differences: 0\n"


@pytest.mark.parametrize(("zone", "day"), [("Asia/Shanghai", 30), ("Pacific/Auckland", 31)])
def test_the_day_is_that_of_the_organisation(any_app: Flask, zone: str, day: int) -> None:
    about = db.session.get_one(Questionnaire, _place())
    batch = Batch(questionnaire=about, channel="sms", created_at=FIRST)
    content = b"reference,unit,service_type,when,language\nA,ward,stay,2026-01-02,en\n"
    invitations.make(content, batches.known(None, zone, clock.now()), batch)
    days = select(InvitationTally.period_on).where(*PLAIN, InvitationTally.grain == "day")
    assert [found.day for found in db.session.scalars(days)] == [day]
