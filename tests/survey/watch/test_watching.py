"""What monitoring reads: alive, ready, and figures that are right."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import text

from survey import clock, create_app, jobs
from survey.extensions import db
from survey.migrating import upgrade
from survey.models import SweepRun
from survey.watch import state
from tests import factories
from tests.conftest import settings_for
from tests.survey.respond.visiting import at


def read(client: FlaskClient) -> dict[tuple[str, ...], float]:
    """Sample name and the values of its labels, by the labels' names in order -> value."""
    families = text_string_to_metric_families(client.get("/metrics").get_data(as_text=True))
    return {
        (sample.name, *(value for _label, value in sorted(sample.labels.items()))): sample.value
        for one in families
        for sample in one.samples
    }


def test_alive_needs_no_database(app: Flask, client: FlaskClient) -> None:
    db.session.execute(text("DROP TABLE response"))
    db.session.commit()
    answer = client.get("/healthz")
    assert (answer.status_code, answer.data) == (200, b"ok\n")


def test_ready_only_with_the_schema_of_this_program(database: str, tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, DATABASE_URL=database))
    with app.app_context():
        client = app.test_client()
        refused = client.get("/readyz")
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
        db.session.rollback()
        upgrade(revision="0002")
        assert client.get("/readyz").status_code == 503
        db.session.rollback()
        upgrade()
        assert client.get("/readyz").status_code == 200
        db.session.remove()
        db.engine.dispose()


def test_waiting_and_failed_responses_are_counted(any_app: Flask) -> None:
    client, link = any_app.test_client(), factories.link()
    first = factories.response(link, {"staff": 4})
    given_up = factories.response(link, {"staff": 4})
    first.submitted_at = clock.now() - timedelta(minutes=10)
    given_up.failed_at = clock.now()
    db.session.commit()
    found = read(client)
    assert found["afterword_responses_waiting",] == 1
    assert found["afterword_responses_failed",] == 1
    assert 600 <= found["afterword_oldest_waiting_seconds",] < 660


def test_a_response_with_only_its_day_is_not_older_than_the_last_sweep(any_app: Flask) -> None:
    waiting = factories.response(factories.link(), {"staff": 4})
    waiting.submitted_at = clock.now() - timedelta(hours=20)
    db.session.add(SweepRun(name="process_waiting", ended_at=clock.now() - timedelta(seconds=30)))
    db.session.commit()
    oldest = state.backlog().oldest_at
    assert oldest is not None and clock.now() - oldest < timedelta(minutes=1)


def test_failures_of_jobs_are_counted(any_app: Flask) -> None:
    def stumbles() -> int:
        raise RuntimeError

    jobs.watched(stumbles)
    jobs.watched(stumbles)
    assert read(any_app.test_client())["afterword_job_failures_total", "stumbles"] == 2


def test_a_finished_form_is_counted_as_stored_once_and_then_as_sent_again(
    app: Flask, client: FlaskClient
) -> None:
    before = read(client)
    visitor = at(factories.link(), client).open()
    form = visitor.filled(staff="5") | {"_go": "send"}
    for _press in range(2):
        assert client.post(visitor.address, data=form).status_code == 303
    after = read(client)
    for result in ("stored", "again"):
        key = ("afterword_submissions_total", result)
        assert after[key] - before.get(key, 0) == 1


def test_strange_addresses_make_no_new_counters(app: Flask, client: FlaskClient) -> None:
    for number in range(20):
        client.open(f"/nothing-{number}", method=f"ODD{number}")
    families = {key for key in read(client) if key[0] == "afterword_requests_total"}
    assert {key[2] for key in families} <= {"survey", "staff", "static", "watch"}
    assert {key[1] for key in families} <= {"GET", "HEAD", "POST", "OPTIONS", "other"}


@pytest.mark.parametrize("forwarded", ["X-Forwarded-For", "Forwarded", "X-Real-IP"])
def test_without_a_token_figures_are_for_this_machine_only(client: FlaskClient, forwarded: str) -> None:
    assert client.get("/metrics").status_code == 200
    assert client.get("/metrics", headers={forwarded: "127.0.0.1"}).status_code == 404
    assert client.get("/metrics", environ_base={"REMOTE_ADDR": "10.0.0.8"}).status_code == 404


def test_with_a_token_figures_are_for_whoever_has_it(tmp_path: Path) -> None:
    app = create_app(settings_for(tmp_path, METRICS_TOKEN="a-long-and-secret-token"))
    with app.app_context():
        db.create_all()
        client = app.test_client()
        right = {"Authorization": "Bearer a-long-and-secret-token"}
        far = {"REMOTE_ADDR": "10.0.0.8"}
        assert client.get("/metrics", headers=right, environ_base=far).status_code == 200
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
        assert client.get("/metrics").status_code == 404
        db.session.remove()
        db.engine.dispose()
