"""What is refused where people are really asked: known keys, debugging, and databases that lose what they acknowledged.

An installation is in production when its address is https or not of this machine, when it listens to other machines,
or when a proxy stands before it.
"""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

from sqlalchemy import URL, Connection, text

FEWEST_DIFFERENT = 12  # characters; 32 random hexadecimal digits have fewer once in some thousand keys
KNOWN = (
    "secret",
    "changeme",
    "change-me",
    "change_me",
    "password",
    "example",
    "insecure",
    "default",
    "0123456789",
)
UNSAFE = {"synchronous_commit": ("off",), "fsync": ("off",), "full_page_writes": ("off",)}
_ORIGIN = re.compile(r"https://(\*\.)?[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")


def is_production(base_url: str, host: str, trusted_proxies: int) -> bool:
    address = urlsplit(base_url)
    here = _loopback(host) and _loopback(address.hostname or "")
    return address.scheme == "https" or trusted_proxies > 0 or not here


def weak_key(key: str) -> str | None:
    """Why everybody might know this key; None where nothing speaks for it."""
    low = key.lower()
    known = next((word for word in KNOWN if word in low), None)
    if known:
        return f"contains {known!r}, as keys in examples do"
    if len(set(key)) < FEWEST_DIFFERENT:
        return f"has fewer than {FEWEST_DIFFERENT} different characters"
    return None


def origins(given: str) -> str | None:
    """Origins for the content security policy, one space between them; None when one is not allowed."""
    found = given.lower().split()
    return " ".join(found) if all(_ORIGIN.fullmatch(origin) for origin in found) else None


def is_forgotten(url: URL) -> bool:
    """Whether the database is gone with the process that opened it."""
    name = url.database or ""
    in_memory = not name or ":memory:" in name or url.query.get("mode") == "memory"
    return url.get_backend_name() == "sqlite" and in_memory


def loses_what_it_acknowledged(connection: Connection) -> str | None:
    """The setting of the database that allows it; None when there is none."""
    if connection.dialect.name == "sqlite":
        level = connection.execute(text("PRAGMA synchronous")).scalar()
        return None if level in (2, 3) else f"synchronous={level}"
    for name, unsafe in UNSAFE.items():
        value = connection.execute(text("SELECT current_setting(:name)"), {"name": name}).scalar()
        if value in unsafe:
            return f"{name}={value}"
    return None


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
