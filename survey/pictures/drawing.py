"""Figures as pictures by the project's own plotly.js: all that are missing in one start of Chromium."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from flask import current_app

from analysis.charts import Figure
from survey.pictures.chromium import NotMade, run
from survey.pictures.printing import printed
from survey.static_files import fingerprint, plotly_file

WIDTH = 900  # pixels
TIME = 120_000  # of the page's own clock, in milliseconds: it runs as fast as the work is done
SCRIPT = Path(__file__).with_name("draw.js")
# what is drawn may name texts that people wrote: nothing but these two scripts runs, nothing is fetched
PAGE = """<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
  content="default-src 'none'; script-src file:; style-src 'unsafe-inline'; img-src data:">
<body><script type="application/json" id="given">{given}</script>
<script src="{plotly}"></script><script src="{script}"></script>"""
ONE = """<!doctype html><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>@page {{ size: {width}px {height}px; margin: 0 }} body {{ margin: 0 }} img {{ display: block }}</style>
<img src="data:image/svg+xml;base64,{svg}" alt="">"""


class Kind(StrEnum):
    SVG = "svg"
    PNG = "png"
    PDF = "pdf"


def drawn(figures: Sequence[Figure], kind: Kind = Kind.SVG, width: int = WIDTH) -> list[bytes]:
    """Each figure as a file of its kind, `width` pixels wide (PNG twice as many). Raises NotMade."""
    files = [_kept(figure, kind, width) for figure in figures]
    missing = {file: figure for file, figure in zip(files, figures, strict=True) if not file.exists()}
    if missing:
        made = _made(list(missing.values()), kind, width)
        for file, content in zip(missing, made, strict=True):
            _keep(file, content)
    return [file.read_bytes() for file in files]


def _kept(figure: Figure, kind: Kind, width: int) -> Path:
    """By what decides how the picture looks."""
    by = json.dumps([figure, width, fingerprint(plotly_file()), fingerprint(SCRIPT)], sort_keys=True)
    folder: Path = current_app.extensions["settings"].data_dir / "cache" / "pictures"
    return folder / f"{hashlib.sha256(by.encode()).hexdigest()}.{kind}"


def _keep(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    made = file.with_suffix(f"{file.suffix}.{os.getpid()}")
    made.write_bytes(content)
    made.replace(file)


def _made(figures: Sequence[Figure], kind: Kind, width: int) -> list[bytes]:
    if kind is Kind.PDF:
        svgs = drawn(figures, Kind.SVG, width)
        return [
            _alone(svg, width, figure["layout"]["height"]) for svg, figure in zip(svgs, figures, strict=True)
        ]
    given = json.dumps({"figures": figures, "width": width, "png": kind is Kind.PNG}).replace("<", "\\u003c")
    page = PAGE.format(given=given, plotly=plotly_file().as_uri(), script=SCRIPT.as_uri())
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "figures.html"
        file.write_text(page, "utf-8")
        written = run([f"--virtual-time-budget={TIME}", "--dump-dom"], file)
    made = [base64.b64decode(found) for found in re.findall(rb'data-picture="([A-Za-z0-9+/=]+)"', written)]
    if len(made) != len(figures):
        raise NotMade(f"{len(made)} of {len(figures)} figures could be drawn")
    return made


def _alone(svg: bytes, width: int, height: int) -> bytes:
    return printed(ONE.format(width=width, height=height, svg=base64.b64encode(svg).decode()))
