"""What a real Chromium does with a form: reload, back, send again, a double click; and what a scanner does with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests.bench.visits import RECEIPT

CHROMIUM = Path("/usr/bin/chromium")
MARK = "typed in a browser"


@contextmanager
def chromium(**given: object) -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        try:
            yield browser.new_context(locale="en", **given)  # type: ignore[arg-type]
        finally:
            browser.close()


def reloaded_and_gone_back(address: str) -> set[str]:
    """The receipts that one form brought: double click, reload, back and sent again, twice. None without Chromium."""
    if not CHROMIUM.exists():
        return set()
    with chromium() as context:
        page = context.new_page()
        page.goto(address)
        _fill(page)
        page.locator("button.main[value=send]").dblclick()
        receipts = {_receipt(page)}
        page.reload()
        receipts.add(_receipt(page))
        for _ in range(2):
            page.go_back()
            _fill(page)
            page.locator("button.main[value=send]").click()
            receipts.add(_receipt(page))
    return receipts


def _fill(page: Page) -> None:
    page.locator("input[type=radio]").first.check()
    for area in page.locator("textarea").all():
        area.fill(MARK)


def _receipt(page: Page) -> str:
    page.wait_for_url("**/receipt/**")
    found = RECEIPT.search(page.url)
    return found.group(1) if found else ""


def detonate(address: str) -> None:
    """As a scanner's sandbox opens a link: scripts run, the page is scrolled, hovered, focused, waited for and left."""
    with chromium(user_agent="Mozilla/5.0 (compatible; MailSandbox/1.0)") as context:
        page = context.new_page()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        page.mouse.wheel(0, 4000)
        for part in page.locator("a, button, input, label").all()[:30]:
            if part.is_visible():
                part.hover(force=True)
        for _ in range(20):
            page.keyboard.press("Tab")
        for link in page.locator("a[href]").all():
            context.request.get(str(link.evaluate("link => link.href")))
        page.reload()
        page.close(run_before_unload=True)
