"""`flask tallies verify` while people answer and a worker counts."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask

from survey import jobs
from survey.extensions import db
from survey.processing import recount
from tests import factories
from tests.survey.respond.visiting import at


def test_a_verification_hinders_nobody_and_sees_one_moment(
    any_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = factories.link()
    respondent = at(link, any_app.test_client()).open()
    factories.response(link, {"staff": 4, "why": "The nurse was very kind."})
    db.session.commit()
    assert jobs.process_waiting() == 1
    found: list[int] = []
    plainly = recount._recounted

    def meanwhile() -> int:
        with any_app.app_context():
            assert respondent.send(staff="2").status_code == 303
            return jobs.process_waiting()

    def counted_and_then_more(*span: Any) -> Any:
        counted = plainly(*span)
        if not found:
            with ThreadPoolExecutor(1) as other:
                found.append(other.submit(meanwhile).result())
        return counted

    monkeypatch.setattr(recount, "_recounted", counted_and_then_more)
    verify = any_app.test_cli_runner().invoke
    first = verify(args=["tallies", "verify"])
    assert found == [1], first.output
    assert (first.output, first.exit_code) == ("differences: 0\n", 0)
    assert verify(args=["tallies", "verify"]).output == "differences: 0\n"


def test_a_verification_finds_what_is_wrong_and_leaves_the_session_able_to_write(any_app: Flask) -> None:
    factories.response(factories.link(), {"staff": 4})
    db.session.commit()
    jobs.process_waiting()
    db.session.execute(recount.delete(recount.Tally))
    db.session.commit()
    runner = any_app.test_cli_runner()
    wrong = runner.invoke(args=["tallies", "verify", "--most", "1"])
    assert wrong.exit_code == 1
    assert "stored 0, counted 1" in wrong.output
    assert runner.invoke(args=["tallies", "rebuild"]).exit_code == 0
    assert runner.invoke(args=["tallies", "verify"]).exit_code == 0
