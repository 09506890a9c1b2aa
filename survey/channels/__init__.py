"""How messages travel: one class a channel, and the list of them. A further channel is a module and a line here."""

from __future__ import annotations

from survey.channels.base import Channel
from survey.channels.dingtalk import DingTalk
from survey.channels.email import Email
from survey.channels.feishu import Feishu
from survey.channels.in_app import InApp
from survey.channels.sms import Sms
from survey.channels.webhook import Webhook
from survey.channels.wecom import WeCom

CHANNELS: dict[str, Channel] = {
    one.name: one for one in (InApp(), Email(), Sms(), WeCom(), DingTalk(), Feishu(), Webhook())
}
IN_APP, EMAIL, SMS = InApp.name, Email.name, Sms.name

__all__ = ["CHANNELS", "EMAIL", "IN_APP", "SMS", "Channel"]
