"""What the states of links are called, and the tone of their badge."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

STATES = {
    "open": _l("Open"),
    "early": _l("Not yet open"),
    "paused": _l("Paused"),
    "over": _l("Over"),
    "unpublished": _l("Questionnaire not published"),
    "closed": _l("Closed"),
}
TONES = {
    "open": "good",
    "early": "warn",
    "paused": "warn",
    "over": "off",
    "unpublished": "bad",
    "closed": "off",
}
