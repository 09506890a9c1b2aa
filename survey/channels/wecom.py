"""A group robot of WeCom. Source: developer.work.weixin.qq.com/document/path/91770."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from survey.channels.base import Parcel
from survey.channels.robots import URL, Robot, plain

MOST = 2048  # bytes of a text


class WeCom(Robot):
    name = "wecom"
    title = _l("WeCom group")
    settings = (URL,)  # the key in the address is all there is
    hosts = ("qyapi.weixin.qq.com",)
    again = (45009, -1)  # more than 20 a minute; busy

    def document(self, parcel: Parcel, config: Mapping[str, str]) -> Mapping[str, Any]:
        return {"msgtype": "text", "text": {"content": plain(parcel, MOST)}}
