"""A browser on every page: it asks nobody but the server that gave the page."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Error

from tests.survey.access.asking import asks, someone
from tests.survey.access.world import Whose, build


@pytest.mark.parametrize("letter", ["A", "-"])
def test_no_page_asks_a_foreign_host(app: Flask, server: str, chromium: Browser, letter: str) -> None:
    world = build(app.extensions["settings"])
    paths = {
        ask.path: ask
        for ask in asks(app, world, letter, ("GET",))
        if ask.whose is Whose.OWN and letter in ask.door.who and not ask.door.endpoint.startswith("static")
    }
    session = someone(app, world, letter).get_cookie("session")
    context = chromium.new_context()
    if session:
        context.add_cookies([{"name": "session", "value": session.value, "url": server}])
    asked: set[str] = set()
    context.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    page, opened = context.new_page(), 0
    for path in paths:
        try:
            page.goto(server + path)
            opened += 1
        except Error as error:
            assert "Download is starting" in str(error), path
    context.close()
    assert opened > (20 if letter == "A" else 5)
    assert asked <= {urlsplit(server).netloc, ""}  # "" are data: pictures
