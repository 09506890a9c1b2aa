"""Text messages, by whichever provider is set up."""

from __future__ import annotations

import re
from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from survey.channels import kept
from survey.channels.aliyun import Aliyun
from survey.channels.base import Channel, Never, Nobody, Parcel
from survey.channels.providers import Provider
from survey.channels.to_log import ToLog
from survey.errors import Invalid

PROVIDERS: dict[str, Provider] = {one.name: one for one in (Aliyun(), ToLog())}
_NUMBER = re.compile(r"\+?[0-9]{5,15}")


def normal(number: str) -> str:
    """A telephone number without blanks and dashes. Raises Invalid."""
    found = re.sub(r"[\s().-]", "", number)
    if not _NUMBER.fullmatch(found):
        raise Invalid(_("This is not a telephone number."), field="number")
    return found


class Sms(Channel):
    name = "sms"
    title = _l("Text message")
    for_users = True

    def ready(self) -> bool:
        return kept.of_channel(self.name).get("provider") in PROVIDERS

    def checked(self, config: Mapping[str, str]) -> None:
        provider = PROVIDERS.get(config.get("provider", ""))
        if provider is None:
            raise Invalid(_("There is no such provider."), field="provider")
        provider.checked(config)

    def send(self, parcel: Parcel) -> None:
        config = kept.of_channel(self.name)
        provider = PROVIDERS.get(config.get("provider", ""))
        if provider is None:
            raise Never("no provider is set up")
        try:
            number = normal(parcel.address)
        except Invalid:
            raise Nobody("not a telephone number") from None
        provider.send(config, number, parcel)
