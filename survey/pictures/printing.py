"""A page as PDF, its fonts embedded."""

from __future__ import annotations

import tempfile
from pathlib import Path

from survey.pictures.chromium import NotMade, run


def printed(html: str) -> bytes:
    """`html` needs nothing beside itself: style sheets and pictures stand in it. Raises NotMade."""
    with tempfile.TemporaryDirectory() as folder:
        page, made = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_text(html, "utf-8")
        run([f"--print-to-pdf={made}", "--no-pdf-header-footer", "--generate-pdf-document-outline"], page)
        if not made.exists():
            raise NotMade("Chromium printed nothing")
        return made.read_bytes()
