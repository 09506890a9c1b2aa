"""The organisation's time zone, which holds where no unit has its own."""

from __future__ import annotations

from flask import current_app


def default_zone() -> str:
    name: str = current_app.extensions["settings"].timezone
    return name
