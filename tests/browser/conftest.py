"""A real server on a port of its own and a real Chromium in front of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

CHROMIUM = Path("/usr/bin/chromium")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            # Flask-Compress leaves it to the garbage collector to close a static file that it compressed
            item.add_marker(pytest.mark.filterwarnings("ignore::ResourceWarning"))
            item.add_marker(pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"))


class _Quiet(WSGIRequestHandler):
    def log(self, *_args: Any, **_given: Any) -> None:
        """The pages' own log is enough."""


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The address of `app`, served to the browser. Commit what the pages shall see."""
    made = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    thread.join()
    made.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


class Visitor:
    """Opens pages as one person would and remembers what the browser had to complain about."""

    def __init__(self, browser: Browser, base: str) -> None:
        self._browser = browser
        self._base = base
        self._contexts: list[BrowserContext] = []
        self.complaints: list[str] = []
        self.requests: list[str] = []

    def page(self, **given: Any) -> Page:
        """A new browser profile; `given` as for Playwright: locale, viewport, color_scheme, java_script_enabled."""
        context = self._browser.new_context(base_url=self._base, **({"locale": "en"} | given))
        self._contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda line: self.complaints.append(line.text) if _wrong(line.text) else None)
        page.on("request", lambda request: self.requests.append(request.url))
        return page

    @property
    def foreign(self) -> list[str]:
        """Requests to any other host than the server."""
        return [url for url in self.requests if not url.startswith((self._base, "data:", "blob:"))]

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def _wrong(text: str) -> bool:
    """A blocked script or style, not a page answered with a status that the test expects."""
    return "Content Security Policy" in text or "Uncaught" in text


@pytest.fixture
def visitor(server: str, chromium: Browser) -> Iterator[Visitor]:
    """Fails the test when a script broke, the policy was violated or a foreign host was asked."""
    made = Visitor(chromium, server)
    yield made
    made.close()
    assert made.complaints == []
    assert made.foreign == []


def axe_findings(page: Page) -> list[str]:
    """What axe-core finds wrong on the page as it stands: rule and place."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
    return [
        f"{violation['id']}: {node['html'][:200]} ({node.get('failureSummary', '')})"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
