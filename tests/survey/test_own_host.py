"""No page, style, script or message names a place on a foreign host from which a browser would fetch something."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    path
    for folder in ("templates", "static")
    for path in (ROOT / folder).rglob("*")
    if path.suffix in (".html", ".css", ".js", ".svg", ".txt")
)
FETCHED = re.compile(
    r"""(?:src|srcset|href|action|poster|data|formaction)\s*=\s*["']?\s*(?:[a-z]+:)?//"""
    r"""|url\(\s*["']?(?:[a-z]+:)?//|@import|(?:fetch|import|Worker|EventSource|WebSocket|sendBeacon)\(\s*["'`](?:[a-z]+:)?//""",
    re.IGNORECASE,
)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_nothing_is_fetched_from_a_foreign_host(file: Path) -> None:
    assert not FETCHED.search(file.read_text("utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        '<img src="https://a.example/x.png">',
        "<script src=//a.example/x.js>",
        "a { background: url('http://a.example/x') }",
        '@import "x.css";',
        'fetch("https://a.example")',
    ],
)
def test_what_would_be_fetched_is_recognised(line: str) -> None:
    assert FETCHED.search(line)
