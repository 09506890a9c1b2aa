"""Static files under addresses that change with their content, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, send_file
from plotly import offline

blueprint = Blueprint("static_files", __name__)


def register(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.url_defaults(_add_fingerprint)


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


@blueprint.get("/plotly-<version>.js")
def plotly(version: str) -> Response:
    return send_file(plotly_file(), mimetype="text/javascript", max_age=31536000)
