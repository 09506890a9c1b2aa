"""Alibaba Cloud's text messages: SendSms of 2017-05-25, requests signed by ACS3-HMAC-SHA256.

Sources: help.aliyun.com/zh/sms/developer-reference/api-dysmsapi-2017-05-25-sendsms and
help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature. Every text is approved by the provider
before: an administrator says which of its templates stands for which message of ours.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import uuid
from collections.abc import Mapping
from urllib.parse import quote, urlencode

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey import clock
from survey.channels import guard, kept
from survey.channels.base import Never, Nobody, NotNow, Parcel, Setting
from survey.channels.providers import Provider
from survey.errors import Invalid

HOST = "dysmsapi.aliyuncs.com"
VERSION, ACTION = "2017-05-25", "SendSms"
ALGORITHM = "ACS3-HMAC-SHA256"
AGAIN = (
    "isv.BUSINESS_LIMIT_CONTROL",
    "isv.DAY_LIMIT_CONTROL",
    "isv.AMOUNT_NOT_ENOUGH",
    "isv.OUT_OF_SERVICE",
    "isp.SYSTEM_ERROR",
    "isp.GATEWAY_TEMPORARY_EXCEPTION",
)
NOBODY = ("isv.MOBILE_NUMBER_ILLEGAL", "isv.INVALID_PARAMETERS.PhoneNumbers")
_LINE = re.compile(r"([a-z0-9_*]+)\s*=\s*(SMS_\d+)")


class Aliyun(Provider):
    name = "aliyun"
    title = _l("Alibaba Cloud")
    settings = (
        Setting("key_id", _l("AccessKey ID")),
        Setting("key_secret", _l("AccessKey secret"), secret=True),
        Setting("sign_name", _l("Signature"), _l("The approved name at the beginning of each message.")),
        Setting(
            "templates",
            _l("Templates"),
            _l("One a line: the message here = the template there, such as test=SMS_123456789."),
        ),
        Setting("endpoint", _l("Another address"), _l("Only for a relay of your own."), needed=False),
    )

    def checked(self, config: Mapping[str, str]) -> None:
        if config.get("endpoint") and not guard.host_of(config["endpoint"]):
            raise Invalid(_("This is no address on the web."), field="endpoint")
        for line in config.get("templates", "").splitlines():
            if line.strip() and not _LINE.fullmatch(line.strip()):
                raise Invalid(
                    _("Please write each line like test=SMS_123456789: %(line)s", line=line),
                    field="templates",
                )

    def send(self, config: Mapping[str, str], number: str, parcel: Parcel) -> None:
        code = dict(_LINE.findall(config.get("templates", ""))).get(parcel.template)
        if code is None:
            raise Never(f"no template of the provider stands for {parcel.template}")
        given = {
            "PhoneNumbers": number.removeprefix("+86"),
            "SignName": config["sign_name"],
            "TemplateCode": code,
            "TemplateParam": _parameters(parcel),
            "OutId": parcel.id.hex,
        }
        url = config.get("endpoint") or f"https://{HOST}"
        query = canonical(given)
        headers = signed(config["key_id"], config["key_secret"], guard.host_of(url), query)
        answer = guard.post(f"{url.rstrip('/')}/?{query}", b"", headers, kept.allowed_hosts())
        _judge(answer.body)


def canonical(given: Mapping[str, str]) -> str:
    return urlencode(sorted(given.items()), quote_via=quote, safe="-_.~")


def signed(key_id: str, secret: str, host: str, query: str, **fixed: str) -> dict[str, str]:
    """The headers of a POST to / with everything in its query; `fixed` replaces some, for the documented example."""
    headers = {
        "host": host,
        "x-acs-action": ACTION,
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": clock.now().strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": uuid.uuid4().hex,
        "x-acs-version": VERSION,
    } | {name.replace("_", "-"): value for name, value in fixed.items()}
    named = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    asked = "\n".join(["POST", "/", query, lines, named, headers["x-acs-content-sha256"]])
    of = f"{ALGORITHM}\n{hashlib.sha256(asked.encode()).hexdigest()}"
    found = hmac.new(secret.encode(), of.encode(), hashlib.sha256).hexdigest()
    return headers | {
        "Authorization": f"{ALGORITHM} Credential={key_id},SignedHeaders={named},Signature={found}"
    }


def _parameters(parcel: Parcel) -> str:
    texts = {
        name: str(value) for name, value in parcel.fields.items() if isinstance(value, (str, int, float))
    }
    return json.dumps(texts, ensure_ascii=False)


def _judge(body: bytes) -> None:
    try:
        code = str(json.loads(body)["Code"])
    except (ValueError, TypeError, KeyError):
        raise NotNow("answered something else than the provider would") from None
    if code == "OK":
        return
    if code in NOBODY:
        raise Nobody(f"answered {code}")
    again = code in AGAIN or code.startswith("Throttling")
    raise NotNow(f"answered {code}") if again else Never(f"answered {code}")
