"""Group robots: an address that holds the key, a JSON document, and an answer whose code says how it went."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.channels import guard, kept
from survey.channels.base import Channel, Never, NotNow, Parcel, Setting
from survey.errors import Invalid

URL = Setting(
    "url", _l("Address of the robot"), _l("The whole webhook address, as the group shows it."), secret=True
)
SECRET = Setting(
    "secret", _l("Signing secret"), _l("If the robot checks signatures."), secret=True, needed=False
)
HEADERS = {"Content-Type": "application/json; charset=utf-8"}


class Robot(Channel):
    for_endpoints = True
    settings: tuple[Setting, ...] = (URL, SECRET)
    hosts: tuple[str, ...] = ()  # where the robots of this product are
    code = "errcode"
    again: tuple[int, ...] = ()  # codes of the answer that mean: too many just now

    def checked(self, config: Mapping[str, str]) -> None:
        host = guard.host_of(config.get("url", ""))
        official = host in self.hosts and config["url"].startswith("https://")
        if not official and host not in kept.allowed_hosts():
            raise Invalid(
                _(
                    "This must be an address at %(hosts)s, or at a host that you allow.",
                    hosts=" / ".join(self.hosts),
                ),
                field="url",
            )

    def document(self, parcel: Parcel, config: Mapping[str, str]) -> Mapping[str, Any]:
        raise NotImplementedError

    def address(self, parcel: Parcel, config: Mapping[str, str]) -> str:
        return config["url"]

    def send(self, parcel: Parcel) -> None:
        config = parcel.config
        body = json.dumps(self.document(parcel, config), ensure_ascii=False).encode()
        answer = guard.post(self.address(parcel, config), body, HEADERS, kept.allowed_hosts())
        self._judge(answer.body)

    def _judge(self, body: bytes) -> None:
        try:
            told = json.loads(body)
            code = int(told[self.code])
        except (ValueError, TypeError, KeyError):
            raise NotNow("answered something else than a robot would") from None
        if code == 0:
            return
        text = f"answered {code}: {str(told.get('errmsg') or told.get('msg') or '')[:200]}"
        raise NotNow(text) if code in self.again else Never(text)


def plain(parcel: Parcel, most: int) -> str:
    """Subject and text, of at most so many bytes in UTF-8."""
    text = f"{parcel.letter.subject}\n\n{parcel.letter.text}"
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode(errors="ignore") + "…"
