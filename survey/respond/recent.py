"""Open links as they were within the last second, so that most pages and submissions need no query for them.

A change made in this process is seen at once, one made in another process within SECONDS: a link that is just
being paused takes answers for that long. Opening and closing times are judged to the moment.
"""

from __future__ import annotations

import time
from typing import Any

from flask import current_app, has_app_context
from sqlalchemy import event

from survey.models import Link, Questionnaire, Version
from survey.respond import openings
from survey.respond.openings import Opening

SECONDS = 1.0
MOST = 4096


def by_code(code: str) -> Opening | None:
    known = _known()
    kept = known.get(code)
    if kept and time.monotonic() - kept[0] < SECONDS:
        return kept[1]
    opening = openings.by_code(code)
    if opening:
        if len(known) >= MOST:
            known.clear()
        known[code] = (time.monotonic(), opening)
    return opening


def _known() -> dict[str, tuple[float, Opening]]:
    known: dict[str, tuple[float, Opening]] = current_app.extensions.setdefault("recent links", {})
    return known


def _forget(_mapper: Any, _connection: Any, _changed: Any) -> None:
    if has_app_context():
        _known().clear()


for changing in (Link, Questionnaire, Version):
    event.listen(changing, "after_update", _forget)
