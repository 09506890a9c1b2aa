"""A page on another port shows a survey in a frame where the setting allows it, and a staff page never."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from survey.extensions import db
from tests import factories
from tests.conftest import _app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    made = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.mark.parametrize("allowed", [True, False])
def test_only_an_allowed_site_shows_a_survey_in_its_frame(
    tmp_path: Path, chromium: Browser, allowed: bool
) -> None:
    site = Flask("site")
    inside: list[str] = []
    site.add_url_rule(
        "/", view_func=lambda: "".join(f'<iframe src="{address}"></iframe>' for address in inside)
    )
    with served(site) as other:
        for app in _app(tmp_path, FRAME_ANCESTORS=other if allowed else ""):
            factories.link(code="framed")
            db.session.commit()
            with served(app) as server:
                inside[:] = [f"{server}/s/framed", f"{server}/login"]
                page = chromium.new_page()
                page.goto(other)
                survey, sign_in = page.main_frame.child_frames
                assert survey.locator("form").count() == (1 if allowed else 0)
                assert sign_in.locator("form").count() == 0
                page.close()
