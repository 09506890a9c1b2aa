"""Writes to the log that a text message would have left: for trying things out. Never what it says, never to whom."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from flask_babel import lazy_gettext as _l

from survey.channels.base import Parcel
from survey.channels.providers import Provider

log = logging.getLogger(__name__)


class ToLog(Provider):
    name = "log"
    title = _l("Only the log: nothing is sent")

    def send(self, config: Mapping[str, str], number: str, parcel: Parcel) -> None:
        text = f"{parcel.letter.subject}\n{parcel.letter.text}"
        log.info(
            "a text message of %s characters to …%s: %s %s",
            len(text),
            number[-2:],
            parcel.template,
            parcel.id,
        )
