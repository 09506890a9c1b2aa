"""Pictures and PDFs made on the server: the real Chromium draws the real figures."""

from __future__ import annotations

import shutil
import struct
from pathlib import Path

import pytest
from flask import Flask

from analysis.charts import dots_with_whiskers
from analysis.statistics import METRICS, estimate
from analysis.types import Distribution, Group, Scale
from analysis.wording import chart_text
from survey import pictures
from survey.pictures import Kind, NotMade, chromium, drawn, printed
from tests.conftest import settings_for

needs_chromium = pytest.mark.skipif(not shutil.which("chromium"), reason="Chromium is not installed")
SCALE = Scale({"1": 1, "2": 2}, frozenset({"2"}))


def _figure(label: str = "骨科") -> dict[str, object]:
    counted = Distribution({"1": 4, "2": 16})
    one = Group("a", label, estimate(METRICS["csat"].name, counted, SCALE), counted)
    other = Group("b", "呼吸内科", one.estimate, counted)
    return dots_with_whiskers([one, other], overall=one.estimate, text=chart_text("zh_Hans"))


@needs_chromium
def test_a_figure_becomes_svg_png_and_pdf_with_its_chinese_words(app: Flask) -> None:
    figure = _figure()
    (svg,), (png,), (pdf,) = (drawn([figure], kind) for kind in Kind)
    assert svg.startswith(b"<svg") and "呼吸内科".encode() in svg
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    assert (width, height) == (1800, 2 * figure["layout"]["height"])  # type: ignore[index]
    assert pdf.startswith(b"%PDF") and b"FontFile" in pdf


@needs_chromium
def test_what_was_drawn_once_is_kept(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn([_figure(), _figure("别的")])
    monkeypatch.setattr(pictures.drawing, "run", _refuse)
    assert drawn([_figure("别的"), _figure()]) == first[::-1]
    with pytest.raises(NotMade):
        drawn([_figure("new")])


def _refuse(*_given: object) -> bytes:
    raise NotMade("asked again")


@needs_chromium
def test_words_in_a_figure_cannot_run_or_end_the_script(app: Flask, tmp_path: Path) -> None:
    (svg,) = drawn([_figure("</script><script>document.body.textContent=''</script>")])
    assert svg.startswith(b"<svg")


@needs_chromium
def test_a_printed_page_fetches_nothing(app: Flask) -> None:
    assert printed('<p>好</p><img src="http://127.0.0.1:1/x.png">').startswith(b"%PDF")


def test_without_chromium_it_says_so(tmp_path: Path, app: Flask) -> None:
    app.extensions["settings"] = settings_for(tmp_path, CHROMIUM="none")
    assert not pictures.possible()
    with pytest.raises(NotMade, match="no Chromium"):
        drawn([_figure()])


def test_one_that_hangs_is_ended_in_time(app: Flask, tmp_path: Path) -> None:
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nsleep 600\n")
    slow.chmod(0o755)
    app.extensions["settings"] = settings_for(tmp_path, CHROMIUM=str(slow))
    with pytest.raises(NotMade, match="too long"):
        chromium.run([], slow, seconds=0.2)
