"""A group robot of Feishu. Source: open.feishu.cn/document/client-docs/bot-v3/add-custom-bot."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from survey import clock
from survey.channels.base import Parcel
from survey.channels.robots import Robot


def signature(secret: str, seconds: int) -> str:
    """The key is time and secret together, what is signed is nothing: so it is documented."""
    key = f"{seconds}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()


class Feishu(Robot):
    name = "feishu"
    title = _l("Feishu group")
    hosts = ("open.feishu.cn", "open.larksuite.com")
    code = "code"
    again = (11232, 9499)  # more than 100 a minute

    def document(self, parcel: Parcel, config: Mapping[str, str]) -> Mapping[str, Any]:
        """A post, since its texts are shown as they are; in a plain text `<at …>` would call people."""
        lines = [[{"tag": "text", "text": line}] for line in parcel.letter.text.splitlines()]
        post = {"title": parcel.letter.subject, "content": lines}
        found: dict[str, Any] = {"msg_type": "post", "content": {"post": {"zh_cn": post}}}
        if config.get("secret"):
            moment = int(clock.now().timestamp())
            found |= {"timestamp": str(moment), "sign": signature(config["secret"], moment)}
        return found
