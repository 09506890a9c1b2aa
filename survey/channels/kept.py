"""What administrators wrote for channels and endpoints, sealed in the database. Whoever calls commits."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping

from survey.extensions import db
from survey.models import ChannelSetting
from survey.sealing import seal, unseal


def of_channel(name: str) -> dict[str, str]:
    """Empty where nothing was written. Raises Unreadable."""
    row = db.session.get(ChannelSetting, name)
    return _opened(row.sealed, f"channel:{name}") if row else {}


def keep_of_channel(name: str, config: Mapping[str, str]) -> None:
    row = db.session.get(ChannelSetting, name)
    sealed = _sealed(config, f"channel:{name}")
    if row is None:
        db.session.add(ChannelSetting(channel=name, sealed=sealed))
    else:
        row.sealed = sealed


def sealed_of_endpoint(number: uuid.UUID, config: Mapping[str, str]) -> bytes:
    return _sealed(config, f"endpoint:{number.hex}")


def of_endpoint(number: uuid.UUID, sealed: bytes) -> dict[str, str]:
    """Raises Unreadable."""
    return _opened(sealed, f"endpoint:{number.hex}")


def allowed_hosts() -> frozenset[str]:
    """Hosts inside the house that may be called, as `name` or `name:port`."""
    return frozenset(of_channel("guard").get("hosts", "").split())


def _sealed(config: Mapping[str, str], of: str) -> bytes:
    return seal(json.dumps(dict(config), ensure_ascii=False).encode(), of.encode())


def _opened(sealed: bytes, of: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(unseal(sealed, of.encode()))
    return found
