"""Writes endpoints and the settings of channels. Whoever calls commits."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask_babel import gettext as _

from survey import clock
from survey.channels import CHANNELS, SMS, guard, kept
from survey.channels.base import Setting
from survey.channels.sms import PROVIDERS
from survey.errors import Invalid, Missing
from survey.extensions import db
from survey.models import Endpoint, Unit

LONGEST = 2000  # characters of one setting


def add(channel: str, name: str, locale: str, unit: Unit | None, given: Mapping[str, str]) -> Endpoint:
    """Raises Invalid, naming the field."""
    made = Endpoint(id=uuid.uuid4(), channel=channel, active=True, created_at=clock.now())
    made.sealed = b""
    _write(made, name, locale, unit, _checked(channel, given, {}))
    db.session.add(made)
    db.session.flush()
    return made


def change(endpoint: Endpoint, name: str, locale: str, unit: Unit | None, given: Mapping[str, str]) -> None:
    """A secret that is left empty stays as it is. Raises Invalid."""
    before = kept.of_endpoint(endpoint.id, endpoint.sealed)
    _write(endpoint, name, locale, unit, _checked(endpoint.channel, given, before))


def found(number: uuid.UUID) -> Endpoint:
    endpoint = db.session.get(Endpoint, number)
    if endpoint is None:
        raise Missing
    return endpoint


def set_up_sms(provider: str, given: Mapping[str, str]) -> None:
    """Raises Invalid."""
    known = PROVIDERS.get(provider)
    if known is None:
        raise Invalid(_("There is no such provider."), field="provider")
    config = whole(known.settings, given, kept.of_channel(SMS)) | {"provider": provider}
    known.checked(config)
    kept.keep_of_channel(SMS, config)


def allow_hosts(text: str) -> None:
    """Raises Invalid for a line that is no host."""
    hosts = text.split()
    for host in hosts:
        if guard.host_of(f"http://{host}/") != host or len(host) > 255:
            raise Invalid(
                _("This is no name of a host, or host:port: %(host)s", host=host[:60]), field="hosts"
            )
    kept.keep_of_channel("guard", {"hosts": " ".join(hosts)})


def whole(
    settings: tuple[Setting, ...], given: Mapping[str, str], before: Mapping[str, str]
) -> dict[str, str]:
    """Every setting, with secrets that were left empty as before. Raises Invalid."""
    config = {}
    for one in settings:
        value = (given.get(one.name) or "").strip()
        if len(value) > LONGEST or any(ord(sign) < 32 and sign not in "\r\n\t" for sign in value):
            raise Invalid(_("Please use at most %(n)s characters.", n=LONGEST), field=one.name)
        config[one.name] = value or (before.get(one.name, "") if one.secret else "")
        if one.needed and not config[one.name]:
            raise Invalid(_("Please fill this in."), field=one.name)
    return config


def _checked(channel: str, given: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    config = whole(CHANNELS[channel].settings, given, before)
    CHANNELS[channel].checked(config)
    return config


def _write(endpoint: Endpoint, name: str, locale: str, unit: Unit | None, config: Mapping[str, str]) -> None:
    endpoint.name, endpoint.locale, endpoint.unit = " ".join(name.split())[:120], locale, unit
    endpoint.sealed = kept.sealed_of_endpoint(endpoint.id, config)
