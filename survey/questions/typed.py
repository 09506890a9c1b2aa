"""Numbers as people type them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

# Digits with an optional sign and fraction, with or without commas between the thousands.
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.[0-9]{0,9})?")


def number_in(text: str) -> Decimal | None:
    """The number typed, full-width digits and signs included; None when it is not one."""
    if len(text) > 40:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().replace("\u2212", "-")
    return Decimal(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None
