"""Static files under addresses that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import gzip
import hashlib
import os
import re
from functools import lru_cache
from pathlib import Path
from threading import get_ident
from typing import Any

from flask import Blueprint, Flask, Response, abort, current_app, request, send_file
from plotly import offline

blueprint = Blueprint("static_files", __name__)
FOR_EVER = 31536000  # seconds


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.url_defaults(_add_fingerprint)
    names = {"plotly_version": lambda: fingerprint(plotly_file()), "map_style_id": map_style_id}
    app.context_processor(lambda: names)


def _add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint == "static" and "v" not in values:
        values["v"] = fingerprint(Path(current_app.static_folder or "") / values.get("filename", ""))


@lru_cache(maxsize=512)
def fingerprint(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()[:12] if file.is_file() else "0"


@lru_cache(maxsize=1)
def plotly_file() -> Path:
    """plotly.js as the installed plotly wheel carries it; nothing of it is in this repository."""
    return Path(offline.__file__).parent.parent / "package_data" / "plotly.min.js"


@lru_cache(maxsize=1)
def map_style_id() -> str:
    """The id of the sheet plotly.js adds for maps, which the content security policy refuses.

    It is not added where an element has this id already; see static/charts.js. Empty when there is none.
    """
    found = re.search(r'getElementById\("([0-9a-f]{64})"\)', plotly_file().read_text("utf-8"))
    return found[1] if found else ""


@blueprint.get("/plotly-<version>.js")
def plotly(version: str) -> Response:
    """Another version than the installed one is not here: what is kept for ever must not be wrong."""
    if version != fingerprint(plotly_file()):
        abort(404)
    squeezed = "gzip" in request.accept_encodings
    file = (
        compressed(plotly_file(), current_app.extensions["settings"].data_dir) if squeezed else plotly_file()
    )
    answer = send_file(file, mimetype="text/javascript", max_age=FOR_EVER)
    if squeezed:
        answer.headers["Content-Encoding"] = "gzip"
    answer.headers["Vary"] = "Accept-Encoding"
    answer.cache_control.public = True
    answer.cache_control.immutable = True
    return answer


def compressed(file: Path, data_dir: Path) -> Path:
    """The file, compressed once and kept in `data_dir/cache`."""
    kept = data_dir / "cache" / f"{file.stem}-{fingerprint(file)}.gz"
    if not kept.exists():
        kept.parent.mkdir(parents=True, exist_ok=True)
        made = kept.with_suffix(f".{os.getpid()}-{get_ident()}")
        made.write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))
        made.replace(kept)  # at once, so that nobody else sees half of it
    return kept
