"""`make screenshots`: the pictures of the README, from a demonstration made for them in a temporary folder."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
# file, person (None: a customer), path, width, height, language
SHOTS = (
    ("respond.png", None, "/s/demozh", 390, 900, "zh-CN"),
    ("overview.png", "quality@afterword.example", "/results", 1280, 1250, "zh-CN"),
    ("comments.png", "power@afterword.example", "/results/comments", 1280, 900, "en"),
    ("feedback.png", "head@afterword.example", "/my-feedback", 390, 900, "zh-TW"),
)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        environment = os.environ | {"DATA_DIR": folder, "PORT": str(port)}
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "up", "--demo"]
        server = subprocess.Popen(command, cwd=ROOT, env=environment)
        try:
            _wait(port)
            _shoot(f"http://127.0.0.1:{port}", (Path(folder) / "demo_password").read_text())
        finally:
            server.terminate()
            server.wait()


def _wait(port: int) -> None:
    end = time.monotonic() + 300
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.5)
    raise SystemExit("the server did not come up")


def _shoot(base: str, password: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for file, person, path, width, height, language in SHOTS:
            page = _page(browser, base, width, height, language)
            if person:
                _sign_in(page, person, password)
            page.goto(path)
            page.wait_for_timeout(2500)  # charts are drawn after the page has come
            page.screenshot(path=PICTURES / file)
        browser.close()


def _page(browser: Browser, base: str, width: int, height: int, language: str) -> Page:
    viewport = {"width": width, "height": height}
    return browser.new_context(base_url=base, viewport=viewport, locale=language).new_page()  # type: ignore[arg-type]


def _sign_in(page: Page, email: str, password: str) -> None:
    page.goto("/login")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_load_state()


if __name__ == "__main__":
    main()
