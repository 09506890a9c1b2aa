"""Requests about one's own account, messages and jobs that succeed, and the entries they leave."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.survey.access.told import WEBHOOK
from tests.survey.access.world import Kind, Whose, World

Given = dict[str, Any]
Expected = tuple[str, str]  # deed and kind


def _endpoint(world: World) -> str:
    return f"/messages/channels/endpoints/{world.value(Kind.ENDPOINT, Whose.OWN, 'A')}"


ENDPOINT = {"name": "Another", "locale": "en", "unit": ""} | WEBHOOK
CHANGES: dict[str, tuple[str | Callable[[World], str], Given, Expected]] = {
    "home.language": ("/language", {"locale": "zh_Hant"}, ("changed", "user")),
    "accounts.me": ("/account", {"name": "Another", "locale": ""}, ("changed", "user")),
    "accounts.sign_out_everywhere": ("/account/end-sessions", {}, ("sessions_ended", "user")),
    "watch.retry": ("/operation/retry", {"all": "1"}, ("changed", "responses")),
    "watch.run": ("/operation/jobs", {"job": "make_reports"}, ("changed", "job")),
    "messages.again": ("/messages/again", {"all": "1"}, ("changed", "messages")),
    "messages.test": ("/messages/test", {"channel": "in_app"}, ("changed", "messages")),
    "channels.sms": ("/messages/channels/sms/log", {"sure": "1"}, ("changed", "channel")),
    "channels.hosts": ("/messages/channels/hosts", {"hosts": "hooks.house:8443"}, ("changed", "channel")),
    "channels.limits": ("/messages/channels/limits", {"kept_days": "60"}, ("changed", "channel")),
    "channels.new": ("/messages/channels/new/webhook", ENDPOINT, ("created", "message_endpoint")),
    "channels.edit": (_endpoint, ENDPOINT, ("changed", "message_endpoint")),
    "channels.do": (lambda world: _endpoint(world) + "/close", {}, ("closed", "message_endpoint")),
    "message_texts.edit": (
        "/messages/texts/test/en",
        {"subject": "Hello", "body": "From {{ sender }}", "store": "1"},
        ("changed", "message_text"),
    ),
    "notices.choices": ("/notices/choices", {"number": "+86 138 0000 0000"}, ("changed", "user")),
}
EXEMPT = {
    "notices.read": "one's own notices; what they tell of has entries of its own",
    "notices.open_one": "as above",
    "no_more.unsubscribe": "the respondent's own deed, without a name",
}
