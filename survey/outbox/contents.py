"""What a message says and where it goes, sealed: rows of the outbox show nothing of a person."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from survey.sealing import seal, unseal


@dataclass(frozen=True, slots=True)
class Contents:
    fields: Mapping[str, Any]
    address: str | None = None  # None: as the account or the endpoint says when it is sent


def sealed(contents: Contents, message: uuid.UUID) -> bytes:
    """Fields are what JSON holds; a TypeError tells of anything else."""
    plain = json.dumps([contents.fields, contents.address], ensure_ascii=False, separators=(",", ":"))
    return seal(plain.encode(), message.bytes)


def opened(kept: bytes, message: uuid.UUID) -> Contents:
    """Raises Unreadable."""
    fields, address = json.loads(unseal(kept, message.bytes))
    return Contents(fields, address)
