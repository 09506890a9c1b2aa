"""The application with a mail server of its own, and a clock that can be moved."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask

from survey import clock
from tests.conftest import _app
from tests.survey.outbox.postbox import Postbox


class Watch:
    def __init__(self) -> None:
        self.moment = clock.now()

    def now(self) -> datetime:
        return self.moment

    def on(self, **given: float) -> None:
        self.moment += timedelta(**given)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr(clock, "now", made.now)
    return made


@pytest.fixture
def postbox() -> Iterator[Postbox]:
    made = Postbox().start()
    yield made
    made.stop()


@pytest.fixture
def mailing(database: str, tmp_path: Path, postbox: Postbox) -> Iterator[Flask]:
    """On each engine."""
    yield from _app(
        tmp_path,
        DATABASE_URL=database,
        MAIL_URL=f"smtp://127.0.0.1:{postbox.port}",
        MAIL_FROM="Afterword <afterword@hospital.example>",
        BASE_URL="https://survey.example",
    )
