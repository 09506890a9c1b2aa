"""A signed webhook, after Standard Webhooks (standardwebhooks.com): whoever receives it knows who sent it, and once."""

from __future__ import annotations

import binascii
import json
from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from standardwebhooks import Webhook as Signer

from survey import clock
from survey.channels import guard, kept
from survey.channels.base import Channel, Parcel, Setting
from survey.errors import Invalid

SHORTEST = 24  # bytes of a secret, as the standard says


class Webhook(Channel):
    name = "webhook"
    title = _l("Webhook")
    for_endpoints = True
    settings = (
        Setting("url", _l("Address"), _l("Where messages are posted to; https.")),
        Setting(
            "secret", _l("Signing secret"), _l("Begins with whsec_, as Standard Webhooks says."), secret=True
        ),
    )

    def checked(self, config: Mapping[str, str]) -> None:
        host = guard.host_of(config.get("url", ""))
        if not host:
            raise Invalid(_("This is no address on the web."), field="url")
        if not config["url"].startswith("https://") and host not in kept.allowed_hosts():
            raise Invalid(_("This must begin with https://, or be at a host that you allow."), field="url")
        try:
            long_enough = len(Signer(config.get("secret", ""))._whsecret) >= SHORTEST
        except (ValueError, binascii.Error, RuntimeError):
            long_enough = False
        except Exception:  # the library's own class for an empty secret is not public
            long_enough = False
        if not long_enough:
            raise Invalid(
                _("This is no secret of Standard Webhooks: whsec_ and 24 bytes or more in Base64."),
                field="secret",
            )

    def send(self, parcel: Parcel) -> None:
        moment = clock.now()
        body = document(parcel)
        number = f"msg_{parcel.id.hex}"
        headers = {
            "Content-Type": "application/json",
            "webhook-id": number,
            "webhook-timestamp": str(int(moment.timestamp())),
            "webhook-signature": Signer(parcel.config["secret"]).sign(number, moment, body),
        }
        guard.post(parcel.config["url"], body.encode(), headers, kept.allowed_hosts())


def document(parcel: Parcel) -> str:
    """The same bytes at every try: the receiver compares them with the signature."""
    told = {
        "type": parcel.template,
        "timestamp": parcel.created_at.isoformat(),
        "data": dict(parcel.fields) | {"subject": parcel.letter.subject, "text": parcel.letter.text},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
