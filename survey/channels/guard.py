"""HTTP to addresses that people wrote: never into the private network, unless an administrator allowed the host.

A name is resolved once, the address found is checked, and that address is connected to, so that a name which
changes its mind in between gains nothing (DNS rebinding). Redirects are not followed: an allowed server must not be
able to send us elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import requests
from requests_hardened import Config, HTTPSession
from requests_hardened.ip_filter import InvalidIPAddress

from survey.channels.base import PATIENCE, Away, Never, NotNow

LONGEST_ANSWER = 65_536  # bytes
WHOLE = 25.0  # seconds for all of an answer
AGAIN = (408, 425, 429)
_CHUNK = 4096


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: bytes


def host_of(url: str) -> str:
    """`name` or `name:port`, as an administrator allows it; empty for what is no address on the web."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    name = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{name}:{port}" if port else name


def post(url: str, body: bytes, headers: Mapping[str, str], allowed: Collection[str]) -> Answer:
    """An answer below 300. Raises NotNow or Never."""
    host = host_of(url)
    if not host:
        raise Never("this is no address on the web")
    answer = _asked(url, body, headers, trusted=host in allowed or host.rpartition(":")[0] in allowed)
    if answer.status < 300:
        return answer
    if answer.status < 400:
        raise Never(f"answered {answer.status}: a redirect, which is not followed")
    told = f"answered {answer.status}"
    raise NotNow(told) if answer.status >= 500 or answer.status in AGAIN else Never(told)


def _asked(url: str, body: bytes, headers: Mapping[str, str], trusted: bool) -> Answer:
    try:
        with (
            _session(trusted) as session,
            session.post(url, data=body, headers=dict(headers), stream=True) as response,
        ):
            return Answer(response.status_code, _read(response))
    except InvalidIPAddress:
        raise Never("a private address, which only an administrator can allow") from None
    except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema, UnicodeError):
        raise Never("this is no address on the web") from None
    except requests.exceptions.SSLError:
        raise NotNow("its certificate cannot be verified") from None
    except requests.RequestException as error:
        raise Away(f"cannot be reached ({type(error).__name__})") from None


def _session(trusted: bool) -> HTTPSession:
    config = Config(
        ip_filter_enable=not trusted,
        ip_filter_allow_loopback_ips=False,
        never_redirect=True,
        default_timeout=(PATIENCE / 2, PATIENCE),
        user_agent_override="Afterword",
    )
    session = HTTPSession(config)
    session.trust_env = False  # a proxy of the environment would resolve names by itself
    return session


def _read(response: requests.Response) -> bytes:
    """At most LONGEST_ANSWER, within WHOLE: a server that trickles holds no worker."""
    until = time.monotonic() + WHOLE
    found = b""
    for chunk in response.iter_content(_CHUNK):
        found += chunk
        if len(found) >= LONGEST_ANSWER:
            break
        if time.monotonic() > until:
            raise NotNow("its answer takes too long")
    return found[:LONGEST_ANSWER]
