"""Codes from an authenticator app: each works once, and its secret is shown as a QR code."""

from __future__ import annotations

from typing import Any

import segno
from flask_security import Totp


class OnceOnlyTotp(Totp):
    def get_last_counter(self, user: Any) -> int | None:
        last: int | None = user.tf_last_counter
        return last

    def set_last_counter(self, user: Any, tmatch: Any) -> None:
        user.tf_last_counter = tmatch.counter

    def generate_qrcode(self, username: str, totp: str) -> str:
        code = segno.make(self.get_totp_uri(username, totp), error="m")
        return str(code.svg_data_uri(scale=5, border=4, light="white"))
