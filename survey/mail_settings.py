"""MAIL_URL -> the settings that Flask-Mailman reads.

smtp://user:password@host:587 (STARTTLS on port 587), smtps://… (TLS from the start), file:///folder
(each mail a file), console: (to standard output). Empty: no mail can be sent.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

STARTTLS_PORT = 587
PORTS = {"smtp": 25, "smtps": 465}
PATIENCE = 20  # seconds


def mail_config(url: str, sender: str) -> dict[str, Any]:
    """Raises ValueError, saying why, for an address that cannot be used."""
    parts = urlsplit(url)
    settings: dict[str, Any] = {"MAIL_DEFAULT_SENDER": sender, "MAIL_TIMEOUT": PATIENCE}
    if parts.scheme in PORTS:
        return settings | _smtp(parts)
    if parts.scheme == "file":
        if not parts.path.strip("/"):
            raise ValueError("file: needs a folder, as in file:///var/mail-out")
        return settings | {"MAIL_BACKEND": "file", "MAIL_FILE_PATH": unquote(parts.path)}
    return settings | {"MAIL_BACKEND": "console" if parts.scheme == "console" else "dummy"}


def _smtp(parts: SplitResult) -> dict[str, Any]:
    if not parts.hostname:
        raise ValueError("needs the name of the mail server, as in smtp://mail.example.org:25")
    port = parts.port or PORTS[parts.scheme]  # .port itself raises ValueError for what is no port
    return {
        "MAIL_BACKEND": "smtp",
        "MAIL_SERVER": parts.hostname,
        "MAIL_PORT": port,
        "MAIL_USERNAME": unquote(parts.username or "") or None,
        "MAIL_PASSWORD": unquote(parts.password or "") or None,
        "MAIL_USE_SSL": parts.scheme == "smtps",
        "MAIL_USE_TLS": parts.scheme == "smtp" and port == STARTTLS_PORT,
    }
