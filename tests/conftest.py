"""The application on a real database: SQLite in a folder of its own, and PostgreSQL where its URL is given."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import create_engine, text

from survey import create_app, migrating
from survey.config import Settings, read_settings
from survey.extensions import db
from tests import factories

# Nothing is judged by the time it takes: machines are shared.
hypothesis.settings.register_profile(
    "house", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("house")

SHARED = Path(__file__).resolve().parents[2] / "shared"
POSTGRES = os.environ.get("TEST_POSTGRES_URL")
EXCUSED = ("shared/", "mounting ", "extra `embed`")


def settings_for(folder: Path, **given: str) -> Settings:
    return read_settings(
        {
            "DATA_DIR": str(folder),
            "SECRET_KEY": "k3y-of-these-quick-tests-" * 2,
            "DEFAULT_LOCALE": "en",
            "DEFAULT_TIMEZONE": "Asia/Shanghai",
        }
        | given
    )


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database, on each engine."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'test.db'}"
        return
    if not POSTGRES:
        pytest.skip("TEST_POSTGRES_URL is not set")
    schema = f"test_{uuid.uuid4().hex[:12]}"
    admin = create_engine(read_settings({"DATABASE_URL": POSTGRES, "DATA_DIR": str(tmp_path)}).database_url)
    with admin.begin() as connection:
        connection.execute(text(f'CREATE SCHEMA "{schema}"'))
    separator = "&" if "?" in POSTGRES else "?"
    yield f"{POSTGRES}{separator}options=-csearch_path%3D{schema}"
    with admin.begin() as connection:
        connection.execute(text(f'DROP SCHEMA "{schema}" CASCADE'))
    admin.dispose()


def _forget() -> None:
    """The application context outlives a request here; what a request kept for itself must not."""
    for name in list(g):
        g.pop(name)


def _app(folder: Path, **given: str) -> Iterator[Flask]:
    app = create_app(settings_for(folder, **given))
    app.testing = True
    app.config["RATELIMIT_ENABLED"] = False
    app.config["WTF_CSRF_ENABLED"] = False  # tests/survey/test_requests.py tests it switched on
    app.before_request_funcs.setdefault(None, []).insert(0, _forget)
    migrating.bind(app)
    with app.app_context():
        db.create_all()
        factories.bind()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """On SQLite; for what does not depend on the database engine."""
    yield from _app(tmp_path)


@pytest.fixture
def any_app(database: str, tmp_path: Path) -> Iterator[Flask]:
    """On each engine; for what does."""
    yield from _app(tmp_path, DATABASE_URL=database)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ with real data is not beside the checkout")
    return SHARED


def pytest_sessionfinish(session: pytest.Session) -> None:
    """With TEST_NOTHING_SKIPPED (as in CI) a skipped test fails the run, but for missing real data, rights and extras."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None or not os.environ.get("TEST_NOTHING_SKIPPED"):
        return
    reasons = {str(report.longrepr) for report in reporter.stats.get("skipped", ())}
    wrong = [reason for reason in reasons if not any(word in reason for word in EXCUSED)]
    if wrong:
        reporter.write_line("skipped, but nothing may be skipped here: " + "; ".join(sorted(wrong)), red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
