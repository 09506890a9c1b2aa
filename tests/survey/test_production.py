"""What is refused at the start where others can reach the program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from survey import production
from survey.config import ROOT, SettingError
from survey.extensions import db, single_statements
from tests.bench.installation import free_port
from tests.conftest import settings_for

GOOD = "Qx7-mVb2Lr9TzK4wYp8cHn3JdFg6sAe1UoBiRtXkMvZyWqPl5"  # the same in every process: it names tests
REACHABLE = [
    {"BASE_URL": "https://feedback.example.org"},
    {"BASE_URL": "http://feedback.house", "HOST": "127.0.0.1"},
    {"BASE_URL": "http://user@10.1.2.3:8000"},
    {"TRUSTED_PROXIES": "1"},
    {"HOST": "0.0.0.0"},
    {"HOST": "::"},
    {"HOST": "ward"},
]
WEAK = [
    "k" * 40,
    "secret" + GOOD,
    "please-ChangeMe-" + GOOD,
    "abcdefgh" * 8,
    "password" * 5,
    "example-" + GOOD,
]


@pytest.mark.parametrize("where", REACHABLE)
@pytest.mark.parametrize("key", WEAK)
def test_a_key_that_others_may_know_is_refused_in_production(
    tmp_path: Path, where: dict[str, str], key: str
) -> None:
    with pytest.raises(SettingError, match="^SECRET_KEY: [^\n]+$"):
        settings_for(tmp_path, SECRET_KEY=key, **where)
    assert settings_for(tmp_path, SECRET_KEY=key).secret_key == key  # on this machine only


@pytest.mark.parametrize("where", REACHABLE)
def test_debugging_is_refused_in_production(tmp_path: Path, where: dict[str, str]) -> None:
    for value in ("1", "true", "yes"):
        with pytest.raises(SettingError, match="^FLASK_DEBUG: "):
            settings_for(tmp_path, SECRET_KEY=GOOD, FLASK_DEBUG=value, **where)
    assert settings_for(tmp_path, SECRET_KEY=GOOD, FLASK_DEBUG="0", **where).in_production


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.0.9", "::1"])
def test_an_installation_for_this_machine_only_is_no_production(tmp_path: Path, host: str) -> None:
    assert not settings_for(tmp_path, HOST=host, FLASK_DEBUG="1").in_production


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000/", ""])
def test_an_address_on_this_machine_is_no_production(tmp_path: Path, url: str) -> None:
    assert not settings_for(tmp_path, BASE_URL=url).in_production


@pytest.mark.parametrize("token", ["x", "0123456789abcde"])
def test_a_token_for_metrics_that_can_be_guessed_is_refused(tmp_path: Path, token: str) -> None:
    with pytest.raises(SettingError, match="^METRICS_TOKEN: [^\n]+$"):
        settings_for(tmp_path, METRICS_TOKEN=token)
    assert settings_for(tmp_path, METRICS_TOKEN=token + "0" * 15).metrics_token


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?uri=true",
        "sqlite:///file:x?mode=memory&cache=shared&uri=true",
        "sqlite:nowhere",
        "postgresql://host:notaport/x",
    ],
)
def test_a_database_that_is_gone_with_the_process_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingError, match="^DATABASE_URL: [^\n]+$"):
        settings_for(tmp_path, DATABASE_URL=url)


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["postgres"], indirect=True)
@pytest.mark.parametrize("command", ["up", "web", "worker"])
def test_every_server_refuses_a_database_that_may_lose_responses(
    database: str, tmp_path: Path, command: str
) -> None:
    unsafe = f"{database}%20-csynchronous_commit%3Doff"
    ended = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", command],
        cwd=ROOT,
        env=os.environ
        | {"DATA_DIR": str(tmp_path), "DATABASE_URL": unsafe, "SECRET_KEY": GOOD}
        | {
            "HOST": "127.0.0.1",
            "PORT": str(free_port()),
            "BASE_URL": "http://feedback.house",
            "REDIS_URL": "",
        },
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    (line,) = (ended.stdout + ended.stderr).strip().splitlines()
    assert ended.returncode != 0
    assert "DATABASE_URL: the database has synchronous_commit=off" in line


def test_the_key_made_at_the_first_start_is_good(tmp_path: Path) -> None:
    for _time in range(50):
        (tmp_path / "secret_key").unlink(missing_ok=True)
        settings_for(tmp_path, SECRET_KEY="", BASE_URL="https://feedback.example.org")


def test_a_database_that_keeps_everything_is_taken(any_app: Flask) -> None:
    with db.engine.connect() as connection:
        assert production.loses_what_it_acknowledged(connection) is None


def test_a_database_that_may_lose_responses_is_named(any_app: Flask) -> None:
    sqlite = db.engine.dialect.name == "sqlite"
    with single_statements() as connection:
        connection.execute(text("PRAGMA synchronous=NORMAL" if sqlite else "SET synchronous_commit = off"))
        found = production.loses_what_it_acknowledged(connection)
        connection.invalidate()
    assert found == ("synchronous=1" if sqlite else "synchronous_commit=off")


@pytest.mark.parametrize(
    "given",
    [
        "*",
        "'self'",
        "http://example.org",
        "https://a; script-src *",
        "https://",
        "javascript:x",
        "https://a/b",
    ],
)
def test_only_origins_may_frame_surveys(tmp_path: Path, given: str) -> None:
    with pytest.raises(SettingError, match="^FRAME_ANCESTORS: "):
        settings_for(tmp_path, FRAME_ANCESTORS=given)
