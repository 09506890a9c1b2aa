"""Any order of submitting, processing, reprocessing, erasing and retention leaves tallies equal to a recount."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from datetime import date, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import create_engine, select, text

from analysis.statistics.burt import nobody, unpacked
from analysis.statistics.joint import Joint
from analysis.statistics.sums import Sums
from survey import jobs, pipeline
from survey.extensions import db
from survey.models import JointTally, Link, Questionnaire, Response, Tally
from survey.processing import erasing, recount, rereading, retention
from survey.processing.counting import BESIDE
from survey.processing.joint_layout import layout_of
from survey.processing.relabelling import PERSON, relabel
from tests import factories
from tests.conftest import POSTGRES, _app

FIRST = date(2025, 11, 20)
MONTHS = 3
Answers = tuple[Any, ...]  # to the questions of ASKED
QUESTIONS = factories.document()["sections"][0]["questions"]
POINTS = [{"value": value} for value in (1, 2, 3)]
AGES = [{"code": code, "label": {"en": code, "zh_Hans": code}} for code in ("young", "old")]
ASKED = {
    "staff": [1, 3, 5, "na"],
    "room": [None, 1, 3],  # may stay unanswered
    "age": [None, "young", "old"],
}
TEXTS = st.sampled_from([None, "Very kind people.", "The queue was far too long!", "很满意", "x"])

TOPICS = st.one_of(
    st.none(), st.dictionaries(st.sampled_from(["price", "waiting"]), st.sampled_from([None, "negative"]))
)


class Anything(RuleBasedStateMachine):
    """The model knows each response that was ever sent, its closed answers, and whether it still counts."""

    made: Flask
    link: Link

    @initialize()
    def empty(self) -> None:
        self.today = FIRST
        self.readings: list[Any] = []
        self.counts: Counter[Answers] = Counter()
        self.alive: dict[Any, tuple[Answers, date]] = {}
        db.session.rollback()
        for table in (
            "comment_topic",
            "comment",
            "response",
            "erased",
            "kept_count",
            "kept_joint",
            "tally",
            "joint_tally",
        ):
            db.session.execute(text(f"DELETE FROM {table}"))
        db.session.commit()

    @rule(given=st.tuples(*map(st.sampled_from, ASKED.values())), comment=TEXTS)
    def submit(self, given: Answers, comment: str | None) -> None:
        answers = {code: answer for code, answer in zip(ASKED, given, strict=True) if answer is not None}
        sent = factories.response(
            self.link, answers | ({"why": comment} if comment else {}), submitted_on=self.today
        )
        self.alive[sent.id] = (given, self.today)
        self.counts[given] += 1
        db.session.commit()

    @rule()
    def process(self) -> None:
        jobs.process_waiting()

    @rule()
    def read_but_record_later(self) -> None:
        """A slow worker: whatever happens before `record` must not count twice or come back."""
        self.readings += jobs._read(jobs._claimed())

    @rule()
    def record(self) -> None:
        pipeline.record(self.readings)
        db.session.commit()

    @rule(which=st.integers(0, 30))
    def reprocess(self, which: int) -> None:
        erasing.reprocess(self._some(which))
        db.session.commit()

    @rule(which=st.integers(0, 30))
    def erase(self, which: int) -> None:
        ids = self._some(which)
        erasing.erase(ids, self.today)
        db.session.commit()
        for gone in ids:
            self.counts[self.alive.pop(gone)[0]] -= 1

    @rule(days=st.integers(1, 80))
    def time_goes_by(self, days: int) -> None:
        self.today += timedelta(days=days)

    @rule(comments=st.booleans())
    def retention_sweeps(self, comments: bool) -> None:
        questionnaire = db.session.get_one(Questionnaire, self.link.questionnaire_id)
        questionnaire.comments_kept_months = 1 if comments else None
        questionnaire.responses_kept_months = MONTHS
        while retention.remove_batch(self.today):
            db.session.commit()
        db.session.commit()
        waiting = set(db.session.scalars(select(Response.id).where(pipeline.waiting())))
        over = retention.cutoff(self.today, MONTHS)
        self.alive = {i: one for i, one in self.alive.items() if one[1] > over or i in waiting}

    @rule()
    def reread(self) -> None:
        rereading.want("test")
        jobs.reread_comments()

    @rule(which=st.integers(0, 30), label=st.sampled_from([None, "positive", "neutral"]), about=TOPICS)
    def relabel(self, which: int, label: str | None, about: dict[str, str | None] | None) -> None:
        for id_ in self._some(which):
            relabel(id_, "why", label=label, method=label and PERSON, topics=about)
            db.session.commit()

    @rule()
    def rebuild(self) -> None:
        recount.rebuild()
        db.session.commit()

    @invariant()
    def tallies_equal_a_recount(self) -> None:
        assert list(recount.verify()) == []
        assert set(db.session.scalars(select(Response.id))) == set(self.alive)
        db.session.rollback()

    def teardown(self) -> None:
        """When everything was processed, exactly what was sent and not erased is counted."""
        if not hasattr(self, "alive"):
            return
        db.session.execute(text("UPDATE response SET retry_at = NULL"))
        db.session.commit()
        jobs.process_waiting()
        self.tallies_equal_a_recount()
        plain = select(Tally.value, Tally.count).where(
            Tally.grain == "month", Tally.channel == "", Tally.locale == "", Tally.service_type_id == 0
        )
        found: Counter[str] = Counter()
        series = self.link.questionnaire.published.series["staff"]
        for value, count in db.session.execute(plain.where(Tally.series_id == series)):
            if not value.startswith(BESIDE):
                found[value] += count
        assert +found == Counter(str(given[0]) for given in self.counts.elements())
        self._joint_counts_are_exactly_those_of_the_model()
        db.session.rollback()

    def _joint_counts_are_exactly_those_of_the_model(self) -> None:
        version = self.link.questionnaire.published
        layout = layout_of(version)
        counted = nobody(layout.shape)
        for row in db.session.scalars(select(JointTally).where(JointTally.service_type_id == 0)):
            counted += unpacked(row.counts, row.responses, layout.shape)
        joint = Joint.of(layout.items, layout.always, counted)
        everybody = list(self.counts.elements())
        assert counted.persons == len(everybody)
        for (n, one), (m, other) in product(enumerate(ASKED), repeat=2):
            pairs = Counter((str(given[n]), str(given[m])) for given in everybody)
            rows, columns = joint.item(one).levels, joint.item(other).levels
            assert joint.table(one, other) == tuple(tuple(pairs[r, c] for c in columns) for r in rows)
        complete = [given[:2] for given in everybody if given[0] != "na" and given[1] is not None]
        assert joint.sums(["staff", "room"]) == Sums.of(complete, 2)

    def _some(self, which: int) -> list[Any]:
        ids = sorted(self.alive, key=str)
        return ids[which % len(ids) :][:2] if ids else []


def _questionnaire() -> Questionnaire:
    words = {"wording": {"en": "Well?", "zh_Hans": "如何？"}}
    room = {"type": "rating", "code": "room", "points": POINTS} | words
    age = {"type": "choice", "code": "age", "options": AGES} | words
    return factories.published(
        sections=[{"code": "all", "questions": [QUESTIONS[0], room, age, QUESTIONS[1]]}]
    )


def _run(stack: ExitStack, database: str, examples: int) -> None:
    folder = Path(stack.enter_context(TemporaryDirectory()))
    given = {"DATABASE_URL": database} if database else {}
    apps = _app(folder, **given)
    Anything.made = next(apps)
    stack.callback(lambda: next(apps, None))
    Anything.link = factories.link(questionnaire=_questionnaire())
    db.session.commit()
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Anything,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_tallies_follow_whatever_happens_in_any_order_on_sqlite() -> None:
    with ExitStack() as stack:
        _run(stack, "", examples=40)


@pytest.mark.postgres
@pytest.mark.skipif(not POSTGRES, reason="TEST_POSTGRES_URL is not set")
def test_tallies_follow_whatever_happens_in_any_order_on_postgresql(request: pytest.FixtureRequest) -> None:
    with ExitStack() as stack:
        _run(stack, _schema(stack), examples=10)


def _schema(stack: ExitStack) -> str:
    assert POSTGRES
    admin = create_engine(POSTGRES.replace("postgresql://", "postgresql+psycopg://"))

    def statement(sql: str) -> None:
        with admin.begin() as connection:
            connection.execute(text(sql))

    statement("DROP SCHEMA IF EXISTS any_order CASCADE")
    statement("CREATE SCHEMA any_order")
    stack.callback(admin.dispose)
    stack.callback(statement, "DROP SCHEMA any_order CASCADE")
    return f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3Dany_order"
