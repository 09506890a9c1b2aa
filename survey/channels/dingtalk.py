"""A group robot of DingTalk. Source: open.dingtalk.com/document/robots/custom-robot-access."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from flask_babel import lazy_gettext as _l

from survey import clock
from survey.channels.base import Parcel
from survey.channels.robots import Robot, plain

MOST = 20_000  # bytes of a message


def signature(secret: str, milliseconds: int) -> str:
    signed = f"{milliseconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(secret.encode(), signed, hashlib.sha256).digest()).decode()


class DingTalk(Robot):
    name = "dingtalk"
    title = _l("DingTalk group")
    hosts = ("oapi.dingtalk.com",)
    again = (130101, 410100, -1)  # more than 20 a minute; busy

    def address(self, parcel: Parcel, config: Mapping[str, str]) -> str:
        if not config.get("secret"):
            return config["url"]
        moment = int(clock.now().timestamp() * 1000)
        signed = urlencode({"timestamp": moment, "sign": signature(config["secret"], moment)})
        return f"{config['url']}{'&' if '?' in config['url'] else '?'}{signed}"

    def document(self, parcel: Parcel, config: Mapping[str, str]) -> Mapping[str, Any]:
        return {"msgtype": "text", "text": {"content": plain(parcel, MOST)}}
